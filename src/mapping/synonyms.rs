//! What French administrations call one and the same thing: full words, abbreviations, English doubles.
//! Words stand without accents; several words that make one thing stand together.

/// What a column tells of its subject. Two columns that tell different things of it are not the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Facet {
    /// How it is called.
    Name,
    /// A number, a code or a reference that stands for it.
    Number,
    /// A number of 14 digits for an establishment.
    Siret,
    /// A number of 9 digits for an organisation.
    Siren,
    /// The number of an association.
    Rna,
    /// The statistical code of a place.
    Insee,
    /// The code of the post.
    Postcode,
    /// A day.
    Date,
    /// A year.
    Year,
    /// Hours of a day.
    Hours,
    /// A sum of money.
    Money,
    /// How many.
    Count,
    /// A part of a whole.
    Share,
    /// Where, by street.
    Address,
    /// In which commune, department, region or country.
    Place,
    /// An address of the web.
    Web,
    /// A telephone number.
    Phone,
    /// An e-mail address.
    Mail,
    /// North or south.
    Latitude,
    /// East or west.
    Longitude,
    /// Both at once.
    Position,
    /// Of which sort.
    Sort,
    /// In which condition.
    State,
    /// How long it lasts.
    Duration,
    /// How large.
    Size,
    /// A remark.
    Remark,
    /// What about.
    Subject,
    /// A picture.
    Picture,
}

impl Facet {
    /// Whether two facets may be told by one column.
    pub fn meets(self, other: Facet) -> bool {
        use Facet::{
            Count, Date, Hours, Insee, Latitude, Longitude, Name, Number, Phone, Place, Position, Postcode, Rna, Siren, Siret,
            Year,
        };
        let numbers = [Siret, Siren, Rna, Insee, Postcode, Name, Phone];
        let (a, b) = (self, other);
        let one_way = |a, b| match a {
            Number => numbers.contains(&b) || b == Count,
            Date => matches!(b, Year | Hours),
            Position => matches!(b, Latitude | Longitude),
            Place => matches!(b, Name | Insee),
            _ => false,
        };
        a == b || one_way(a, b) || one_way(b, a)
    }
}

/// Words for one thing.
#[derive(Debug)]
pub struct Family {
    /// What it tells, where it tells something of a subject.
    pub facet: Option<Facet>,
    /// The words people say.
    pub said: &'static [&'static str],
    /// The short ways to write them.
    pub short: &'static [&'static str],
    /// The English words.
    pub english: &'static [&'static str],
}

const fn facet(
    facet: Facet,
    said: &'static [&'static str],
    short: &'static [&'static str],
    english: &'static [&'static str],
) -> Family {
    Family { facet: Some(facet), said, short, english }
}

const fn thing(said: &'static [&'static str], short: &'static [&'static str], english: &'static [&'static str]) -> Family {
    Family { facet: None, said, short, english }
}

/// The families, by what they speak of.
pub const FAMILIES: &[Family] = &[
    // How things are called and numbered
    facet(
        Facet::Name,
        &["nom", "libelle", "intitule", "denomination", "designation", "appellation", "raison sociale"],
        &["lib", "lbl", "denom", "nm"],
        &["name", "label"],
    ),
    facet(Facet::Name, &["prenom"], &["pren"], &["first name", "given name", "firstname"]),
    facet(Facet::Name, &["titre"], &[], &["title"]),
    facet(
        Facet::Number,
        &["identifiant", "identifiant unique", "cle"],
        &["id", "ident", "uid", "identif", "idf"],
        &["identifier", "key", "uuid"],
    ),
    facet(Facet::Number, &["numero"], &["num", "no", "n", "nr"], &["number"]),
    facet(Facet::Number, &["code"], &["cod", "cd"], &[]),
    facet(Facet::Number, &["reference", "cote"], &["ref", "refer"], &[]),
    facet(
        Facet::Siret,
        &["siret", "numero siret", "code siret", "identifiant siret"],
        &["n siret", "num siret", "no siret"],
        &["siret number"],
    ),
    facet(
        Facet::Siren,
        &["siren", "numero siren", "code siren", "identifiant siren"],
        &["n siren", "num siren", "no siren"],
        &["siren number"],
    ),
    facet(Facet::Rna, &["rna", "numero rna", "numero association", "code rna"], &["n rna", "num rna", "waldec"], &[]),
    facet(
        Facet::Insee,
        &[
            "insee",
            "code insee",
            "code commune",
            "code insee commune",
            "code commune insee",
            "code geographique",
            "numero insee",
            "code officiel geographique",
        ],
        &["cog", "depcom", "codgeo", "cod insee", "cinsee", "code com", "com insee", "insee com"],
        &["insee code", "municipality code", "city code"],
    ),
    facet(
        Facet::Postcode,
        &["code postal", "postal", "code poste"],
        &["cp", "code post", "cod postal", "cpostal"],
        &["zip", "zip code", "zipcode", "postal code", "postcode"],
    ),
    // When
    facet(Facet::Date, &["date", "jour"], &["dt", "dat"], &["day"]),
    facet(Facet::Year, &["annee", "exercice", "millesime", "exercice budgetaire"], &["an", "anne"], &["year"]),
    facet(Facet::Hours, &["heure", "horaire", "plage horaire"], &["hor"], &["time", "opening hour", "hour", "schedule"]),
    facet(Facet::Hours, &["horodatage"], &[], &["timestamp", "datetime"]),
    facet(Facet::Duration, &["duree", "temps"], &["dur"], &["duration", "length of time"]),
    thing(&["debut", "depart", "commencement"], &["deb"], &["start", "begin", "beginning", "from"]),
    thing(&["fin", "echeance", "cloture", "terme"], &[], &["end", "until"]),
    thing(
        &["mise jour", "derniere mise jour", "actualisation", "derniere modification", "modification"],
        &["maj", "derniere maj", "mise a j", "modif", "der maj"],
        &["update", "updated", "last update", "last updated", "updated at", "modified", "last modified"],
    ),
    thing(&["mise service", "ouverture service"], &["mes", "mise serv"], &["commissioning", "in service"]),
    thing(&["publication", "mise ligne", "parution", "diffusion"], &["publ", "pub"], &["published", "release"]),
    thing(&["creation"], &["crea"], &["created", "created at"]),
    thing(&["installation", "pose", "implantation"], &["instal", "implant"], &["installed"]),
    thing(&["signature"], &["sign"], &["signed"]),
    thing(&["naissance"], &["naiss"], &["birth"]),
    thing(&["fermeture"], &["ferm"], &["closing", "closure"]),
    thing(&["ouverture"], &["ouv", "ouvert"], &["opening", "open"]),
    thing(&["periode"], &["per"], &["period"]),
    // How much
    facet(Facet::Money, &["montant", "somme"], &["mt", "mnt", "mtt", "mont"], &["amount"]),
    facet(Facet::Money, &["prix", "tarif", "cout", "tarification"], &["px"], &["price", "cost", "fee", "rate"]),
    facet(
        Facet::Count,
        &["nombre", "quantite", "effectif", "total"],
        &["nb", "nbr", "nbre", "nbe", "qte", "qt", "eff"],
        &["count", "quantity", "number of"],
    ),
    facet(
        Facet::Share,
        &["pourcentage", "part", "taux", "proportion", "quotite"],
        &["pct", "tx", "pourc"],
        &["percentage", "percent", "share"],
    ),
    facet(Facet::Size, &["longueur"], &["longr", "lg"], &["length"]),
    facet(Facet::Size, &["largeur"], &["larg"], &["width"]),
    facet(Facet::Size, &["hauteur"], &["haut", "ht"], &["height"]),
    facet(Facet::Size, &["surface", "superficie", "aire m2"], &["surf", "sup"], &["area"]),
    facet(Facet::Size, &["diametre"], &["diam"], &["diameter"]),
    facet(Facet::Size, &["volume", "contenance"], &["vol"], &[]),
    facet(Facet::Size, &["puissance"], &["puis", "puiss", "pw"], &["power"]),
    facet(Facet::Size, &["pression"], &["press"], &["pressure"]),
    facet(Facet::Size, &["debit"], &[], &["flow"]),
    facet(Facet::Size, &["distance"], &["dist"], &[]),
    facet(Facet::Size, &["capacite"], &["capa", "cap"], &["capacity"]),
    facet(Facet::Size, &["poids", "masse"], &[], &["weight"]),
    thing(&["maximum", "maximal"], &["max", "maxi"], &[]),
    thing(&["minimum", "minimal"], &["min", "mini"], &[]),
    thing(&["moyen", "moyenne"], &["moy"], &["average", "mean"]),
    thing(&["1", "premier", "premiere", "principal"], &["1er", "1ere"], &["first", "main"]),
    thing(&["2", "deuxieme", "second", "seconde", "secondaire"], &["2e", "2eme", "2nd"], &["secondary"]),
    thing(&["3", "troisieme"], &["3e", "3eme"], &["third"]),
    thing(&["4", "quatrieme"], &["4e", "4eme"], &["fourth"]),
    thing(&["autre", "divers"], &["aut"], &["other"]),
    // Where
    facet(
        Facet::Address,
        &["adresse", "adresse postale", "localisation adresse"],
        &["adr", "adrs", "ad", "addr"],
        &["address", "street address"],
    ),
    facet(Facet::Address, &["voie", "rue", "nom voie", "libelle voie"], &["voi"], &["street", "road"]),
    facet(Facet::Place, &["commune", "ville", "municipalite", "localite"], &["com", "comm"], &["city", "town", "municipality"]),
    facet(Facet::Place, &["departement"], &["dep", "dept", "dpt"], &["department", "county"]),
    facet(Facet::Place, &["region"], &["reg"], &[]),
    facet(Facet::Place, &["pays"], &[], &["country"]),
    facet(Facet::Place, &["canton", "arrondissement"], &[], &["district"]),
    facet(Facet::Place, &["epci", "intercommunalite"], &["interco"], &[]),
    facet(Facet::Latitude, &["latitude"], &["lat", "ylat", "lat wgs84"], &[]),
    facet(Facet::Latitude, &["coordonnee y"], &["y", "coord y", "coor y", "y wgs84"], &[]),
    facet(Facet::Longitude, &["longitude"], &["lon", "long", "lng", "xlong", "lon wgs84"], &[]),
    facet(Facet::Longitude, &["coordonnee x"], &["x", "coord x", "coor x", "x wgs84"], &[]),
    facet(
        Facet::Position,
        &[
            "coordonnee",
            "position",
            "geolocalisation",
            "coordonnee geographique",
            "coordonnee gps",
            "coordonnee xy",
            "point geographique",
            "coordonnee longitude latitude",
        ],
        &["coord", "coor", "gps", "xy", "geo", "coord xy", "coord gps", "coordonneesxy", "geopoint", "geom"],
        &["coordinate", "location", "geo point", "geo point 2d", "geometry"],
    ),
    thing(&["emplacement", "situation", "localisation"], &["empl", "loc"], &[]),
    thing(&["complement", "precision", "detail"], &["compl", "cplt", "complt", "prec"], &["additional", "extra"]),
    thing(&["etage", "niveau"], &["etg", "niv"], &["floor"]),
    thing(&["zone", "secteur", "perimetre"], &[], &["sector"]),
    thing(&["quartier"], &["quart"], &["neighbourhood", "neighborhood"]),
    thing(
        &["parcelle", "cadastre", "reference cadastrale", "parcelle cadastrale", "refcad"],
        &["parc cad", "ref cad", "cad"],
        &[],
    ),
    thing(&["territoire"], &["terr"], &["territory"]),
    // How to reach
    facet(
        Facet::Phone,
        &["telephone", "numero telephone", "portable"],
        &["tel", "num tel", "no tel", "n tel", "n telephone", "num telephone", "gsm"],
        &["phone", "phone number", "telephone number", "mobile phone"],
    ),
    facet(
        Facet::Mail,
        &["courriel", "adresse mail", "adresse electronique", "courrier electronique", "adresse courriel", "messagerie"],
        &["mail", "mel", "e mail", "adr mail"],
        &["email", "email address", "e mail address", "adresse email", "adresse e mail", "contact email"],
    ),
    facet(
        Facet::Web,
        &[
            "lien",
            "adresse web",
            "site web",
            "site internet",
            "page web",
            "adresse internet",
            "lien internet",
            "lien web",
            "lien hypertexte",
            "page internet",
            "hyperlien",
            "lien url",
            "adresse url",
        ],
        &["url", "web", "www"],
        &["link", "website", "web site", "web page", "hyperlink"],
    ),
    thing(&["contact", "interlocuteur"], &["ctc"], &[]),
    // Of which sort, in which state
    facet(Facet::Sort, &["type", "sorte", "genre", "typologie"], &["typ"], &["kind"]),
    facet(Facet::Sort, &["nature"], &["nat"], &[]),
    facet(Facet::Sort, &["categorie", "classe"], &["cat", "categ"], &["category", "class"]),
    facet(Facet::State, &["etat", "statut"], &["stat"], &["state", "status", "condition of"]),
    facet(Facet::Sort, &["mode", "modalite"], &["mod"], &["method"]),
    facet(
        Facet::Remark,
        &["commentaire", "observation", "remarque", "note", "informations complementaires", "information", "infos"],
        &["obs", "rem", "info", "rq", "commentaires libres"],
        &["comment", "remark"],
    ),
    facet(Facet::Subject, &["objet", "sujet"], &["obj"], &["subject", "purpose", "object"]),
    facet(Facet::Subject, &["description", "descriptif", "presentation", "contenu"], &["desc", "descr"], &["summary", "content"]),
    thing(&["matiere", "theme", "thematique", "domaine"], &["mat", "them"], &["topic", "field"]),
    facet(Facet::Picture, &["photo", "image", "photographie", "cliche"], &["img"], &["picture"]),
    thing(&["source", "origine", "provenance"], &["src", "orig"], &["origin"]),
    thing(&["unite"], &["unit"], &[]),
    thing(&["frequence", "periodicite", "rythme"], &["freq"], &["frequency"]),
    thing(&["licence"], &[], &["license"]),
    thing(&["mot cle", "mot clef"], &[], &["keyword", "tag"]),
    thing(&["service"], &["serv", "svc"], &[]),
    thing(&["public"], &[], &["audience"]),
    thing(&["prive"], &[], &["private"]),
    thing(&["local", "interne"], &[], &["internal"]),
    thing(&["national"], &[], &["nationwide"]),
    thing(&["interieur"], &["int"], &["indoor", "inside"]),
    thing(&["exterieur"], &["ext"], &["outdoor", "outside"]),
    thing(&["dynamique"], &["dyn"], &["dynamic"]),
    thing(&["statique"], &["stat press"], &["static"]),
    thing(&["gratuit", "gratuite"], &["grat"], &["free", "free of charge"]),
    thing(&["disponible", "disponibilite"], &["dispo", "disp"], &["available", "availability"]),
    thing(&["condition"], &["cond"], &["term"]),
    thing(&["restriction", "limite", "limitation"], &["restr"], &["limit"]),
    thing(&["surveillance", "surveille"], &["surv"], &["monitoring"]),
    thing(&["eclairage", "lumiere", "eclaire"], &["ecl"], &["lighting", "light", "lit"]),
    thing(&["securite"], &["secu"], &["security", "safety"]),
    thing(&["sexe", "civilite"], &["sx"], &["sex", "gender"]),
    // Who
    thing(
        &["collectivite", "administration", "autorite", "collectivite territoriale"],
        &["coll", "collec", "ct", "adm", "admin"],
        &["local authority", "authority"],
    ),
    thing(
        &["organisme", "organisation", "structure", "entite"],
        &["org", "orga", "organ", "struct"],
        &["organization", "organism", "body"],
    ),
    thing(
        &["beneficiaire", "attributaire", "association", "allocataire"],
        &["benef", "bnf", "asso", "beneficiaires", "ben"],
        &["beneficiary", "recipient", "grantee"],
    ),
    thing(
        &["attribuant", "financeur", "donneur", "autorite attribuante", "financeur public"],
        &["attrib"],
        &["grantor", "funder", "donor", "granting authority"],
    ),
    thing(
        &["acheteur", "pouvoir adjudicateur", "acheteur public", "entite adjudicatrice"],
        &["ach"],
        &["buyer", "contracting authority", "purchaser"],
    ),
    thing(
        &["titulaire", "fournisseur", "prestataire", "entreprise attributaire"],
        &["tit", "fourn"],
        &["supplier", "contractor"],
    ),
    thing(&["gestionnaire", "exploitant"], &["gest", "gestion", "expl", "exploit"], &["manager", "operator in charge"]),
    thing(&["operateur"], &["oper"], &["operator"]),
    thing(&["amenageur", "maitre ouvrage"], &["amen", "moa"], &["developer", "planner"]),
    thing(&["proprietaire"], &["proprio", "prop", "propr"], &["owner"]),
    thing(&["producteur"], &["prod"], &["producer"]),
    thing(&["etablissement"], &["etab", "ets", "etabl"], &["establishment", "facility", "school"]),
    thing(&["equipement", "installation publique"], &["equip", "eqp"], &["equipment", "amenity"]),
    thing(&["enseigne", "marque", "reseau commercial", "nom commercial"], &["ens"], &["brand"]),
    thing(&["fabricant", "constructeur"], &["fab", "fabr"], &["manufacturer", "maker"]),
    thing(&["usager", "utilisateur"], &["usag"], &["user"]),
    thing(&["resident", "riverain"], &["resid"], &[]),
    thing(&["personne"], &["pers"], &["person", "people"]),
    thing(&["femme"], &["fem", "f"], &["woman", "women", "female"]),
    thing(&["homme"], &["hom", "h"], &["man", "men", "male"]),
    thing(&["enfant"], &["enf"], &["child", "children"]),
    thing(&["vehicule", "voiture"], &["veh", "vehic", "auto"], &["vehicle", "car"]),
    thing(
        &["mobilite reduite", "personne mobilite reduite", "handicape", "handicap"],
        &["pmr"],
        &["disabled", "wheelchair", "reduced mobility"],
    ),
    // What town halls decide and buy
    thing(&["deliberation", "acte"], &["delib", "dlb", "deliber"], &["resolution"]),
    thing(&["decision", "arrete"], &["decis", "arr"], &[]),
    thing(&["vote", "scrutin", "suffrage", "voix"], &["vot"], &["ballot"]),
    thing(&["votant"], &["votants"], &["voter"]),
    thing(&["abstention"], &["abst", "abs"], &["abstained"]),
    thing(&["pour", "favorable"], &[], &["for", "in favour", "in favor"]),
    thing(&["contre", "defavorable", "opposition"], &[], &["against"]),
    thing(&["prefecture"], &["pref"], &[]),
    thing(&["convention", "contrat"], &["conv", "convent"], &["agreement", "contract"]),
    thing(&["subvention", "aide"], &["subv", "sub"], &["grant", "subsidy", "aid"]),
    thing(&["versement", "paiement", "reglement"], &["vers", "vrst", "versmt", "paie", "pmt"], &["payment"]),
    thing(&["notification"], &["notif"], &[]),
    thing(&["attribution"], &["attr"], &["award"]),
    thing(&["marche", "marche public"], &["mrc"], &["public contract", "tender"]),
    thing(&["budget"], &["bgt", "budg", "bud"], &[]),
    thing(&["depense"], &["dep budg"], &["expense", "expenditure"]),
    thing(&["recette"], &["rec", "recet"], &["revenue", "income"]),
    thing(&["compte"], &["cpt", "cpte"], &["account"]),
    thing(&["operation"], &["op", "oper budg"], &[]),
    thing(&["projet"], &["proj"], &["project"]),
    thing(&["programme"], &["prog", "prg"], &["program"]),
    thing(&["dispositif"], &["dispos"], &["scheme"]),
    thing(&["euro"], &["eur"], &[]),
    thing(&["document"], &["doc"], &[]),
    thing(&["fichier", "ressource"], &["fich"], &["file", "resource"]),
    // Facts and figures
    thing(&["indicateur"], &["indic"], &["indicator"]),
    thing(&["valeur"], &["val"], &["value"]),
    thing(&["objectif", "cible", "but"], &["obj cible"], &["target", "goal"]),
    thing(&["mesure", "releve"], &["mes valeur"], &["measure", "measurement", "reading"]),
    thing(&["existant", "actuel"], &["exist"], &["existing", "current"]),
    thing(
        &["prevu", "prevision", "previsionnel", "estimation", "estime"],
        &["prev", "estim"],
        &["planned", "forecast", "expected", "estimated"],
    ),
    thing(&["precedent", "anterieur"], &["preced"], &["previous", "former"]),
    thing(&["realise", "realisation", "execute"], &["real"], &["actual"]),
    thing(&["propose", "proposition"], &["propos"], &["proposed", "proposal"]),
    thing(&["nouveau", "nouvelle"], &["nouv"], &["new"]),
    thing(&["ancien", "plus ancien"], &["anc"], &["old", "oldest", "earliest"]),
    thing(&["recent", "plus recent"], &[], &["latest", "newest"]),
    thing(&["intervalle", "tranche"], &["interv"], &["range", "bracket"]),
    thing(&["collecte", "recueil"], &["coll donnee"], &["collection", "gathering"]),
    thing(&["etape", "phase", "stade"], &[], &["stage", "step"]),
    thing(&["fonction"], &["fonct", "fct"], &["function"]),
    thing(&["chapitre"], &["chap"], &["chapter"]),
    thing(&["credit"], &["cred"], &["funds"]),
    thing(&["section"], &["sect"], &[]),
    thing(&["activite"], &["activ", "act"], &["activity", "activities"]),
    thing(&["occupation"], &["occup"], &["occupancy", "use"]),
    thing(&["seance", "reunion", "conseil"], &[], &["session", "meeting"]),
    thing(&["entree", "arrivee"], &["entr"], &["entry", "arrival", "accession"]),
    thing(&["depot"], &[], &["deposit"]),
    thing(&["achat"], &[], &["purchase"]),
    thing(&["support"], &["supp"], &["medium"]),
    thing(&["serie", "numero serie", "n serie"], &["num serie", "sn"], &["serial", "serial number"]),
    thing(&["modele"], &[], &["model"]),
    thing(&["batterie", "pile"], &["batt"], &["battery"]),
    thing(&["validite"], &["valid"], &["validity"]),
    thing(&["controle", "verification", "inspection"], &["ctrl", "verif"], &["check", "inspection date"]),
    thing(&["conformite", "conforme"], &["conf"], &["compliance", "compliant"]),
    thing(&["panneau", "signalisation"], &["pann"], &["sign board", "road sign"]),
    thing(&["trottoir"], &["trott"], &["sidewalk", "pavement"]),
    thing(&["marquage"], &["marq"], &["marking"]),
    thing(&["livraison"], &["livr"], &["delivery", "loading"]),
    thing(&["fontaine"], &["font"], &["fountain"]),
    thing(&["eau"], &[], &["water"]),
    thing(&["reseau"], &["res"], &["network"]),
    thing(&["borne"], &[], &["charger", "terminal"]),
    thing(&["cable"], &[], &["cord"]),
    thing(&["nominal", "nominale"], &["nom puiss"], &["rated"]),
    thing(&["abonnement"], &["abo", "abonn"], &["subscription", "pass"]),
    thing(&["couvert", "couverture", "abrite"], &["couv"], &["covered", "coverage", "cover"]),
    thing(&["mobilier"], &["mob"], &["furniture", "rack"]),
    thing(&["residentiel"], &["residentl"], &["residential"]),
    thing(&["professionnel"], &["pro"], &["professional", "business"]),
    thing(&["hybride"], &["hyb"], &["hybrid"]),
    thing(&["sol", "terrain"], &[], &["soil", "land", "ground"]),
    thing(&["patrimoine"], &["patri"], &["heritage"]),
    thing(&["depollution"], &["depoll"], &["remediation"]),
    thing(&["regime", "regime alimentaire"], &["reg alim"], &["diet"]),
    thing(&["texture"], &[], &["consistency"]),
    thing(&["ingredient"], &["ingr"], &["ingredients"]),
    thing(&["restaurant", "cantine", "refectoire"], &["resto"], &["canteen"]),
    thing(&["cuisine"], &[], &["kitchen"]),
    thing(&["accueil"], &[], &["reception"]),
    thing(&["accompagnement"], &["accomp"], &["support service", "assistance"]),
    thing(&["formation"], &["form"], &["training"]),
    thing(
        &["structure parente", "structure mere", "organisme rattachement", "rattachement"],
        &["ratt"],
        &["parent", "parent organization", "parent organisation"],
    ),
    thing(&["format"], &[], &["file format"]),
    thing(&["territorial", "spatial"], &["spat"], &["geographic"]),
    thing(&["temporel", "temporalite"], &["temp"], &["temporal"]),
    thing(&["raison", "motif", "cause"], &[], &["reason"]),
    thing(&["occurrence"], &["occ"], &["birth count"]),
    thing(&["brut"], &[], &["gross"]),
    thing(&["ministere", "employeur"], &["min tutelle"], &["ministry", "employer"]),
    thing(&["mois"], &[], &["month"]),
    thing(&["quotidien", "journalier"], &["quot"], &["daily"]),
    thing(&["dernier", "derniere"], &["der"], &["last"]),
    thing(&["siege"], &[], &["headquarters"]),
    thing(&["voie publique", "voirie", "chaussee"], &[], &["roadway"]),
    thing(&["route", "chemin"], &["rte"], &["way", "highway"]),
    // Roads, places, works
    thing(
        &["point charge", "point recharge"],
        &["pdc", "pt charge", "pt recharge", "pts charge", "pts recharge"],
        &["charging point", "charge point", "evse"],
    ),
    thing(&["station"], &["sta"], &[]),
    thing(&["recharge", "charge"], &["rech"], &["charging"]),
    thing(&["prise", "connecteur"], &["pri"], &["plug", "socket", "connector", "outlet"]),
    thing(&["itinerance"], &["itin"], &["roaming"]),
    thing(&["reservation"], &["resa"], &["booking"]),
    thing(&["rendez vou", "rendez vous"], &["rdv"], &["appointment"]),
    thing(&["carte bancaire"], &["cb"], &["bank card", "credit card", "card"]),
    thing(&["accessibilite", "acces", "accessible"], &["access", "acc"], &["accessibility"]),
    thing(&["stationnement", "parking", "parc stationnement"], &["stat mnt", "pk stat"], &["car park", "parking lot"]),
    thing(&["place"], &["pl", "plc"], &["space", "spot", "slot"]),
    thing(&["velo", "bicyclette", "cycle"], &[], &["bike", "bicycle"]),
    thing(&["moto", "deux roue motorise"], &["2rm", "2 rm", "2 roue motorise"], &["motorbike", "motorcycle"]),
    thing(&["deux roue", "2 roue"], &["2r"], &["two wheeler"]),
    thing(&["electrique"], &["elec", "el"], &["electric"]),
    thing(&["raccordement"], &["racc"], &["grid connection"]),
    thing(&["batiment", "bati"], &["bat", "batim"], &["building"]),
    thing(&["friche"], &[], &["brownfield"]),
    thing(&["urbanisme"], &["urba"], &["planning"]),
    thing(&["pollution"], &["poll"], &["contamination"]),
    thing(&["reservoir", "citerne"], &["citern"], &["tank"]),
    thing(&["canalisation", "conduite"], &["cana", "canal"], &["pipe"]),
    thing(&["defibrillateur"], &["dae", "defib"], &["defibrillator", "aed"]),
    thing(&["maintenance", "entretien"], &["maint", "mnt entretien"], &["servicing"]),
    thing(&["lot"], &[], &["batch"]),
    thing(&["peremption", "expiration"], &["perem", "exp"], &["expiry"]),
    thing(&["electrode"], &["eltrd"], &["pad"]),
    thing(&["adulte"], &[], &["adult"]),
    thing(&["pediatrique", "enfant nourrisson"], &["ped"], &["pediatric", "paediatric"]),
    thing(&["ligne", "voie ferree"], &["lig"], &["line"]),
    thing(&["plat", "mets"], &[], &["dish"]),
    thing(&["repas", "menu"], &[], &["meal"]),
    thing(&["allergene"], &["allerg"], &["allergen"]),
    thing(&["convive"], &["conv table"], &["guest", "diner"]),
    thing(&["salaire", "remuneration", "paie brute"], &["remu", "sal"], &["salary", "wage", "pay"]),
    thing(&["archive"], &["arch"], &[]),
    thing(&["article"], &["art"], &["item"]),
];

/// Words that exclude each other: a column that says one is not the field that says another.
pub const OPPOSITES: &[&[&str]] = &[
    &["debut", "fin"],
    &["maximum", "minimum", "moyen"],
    &["pour", "contre", "abstention"],
    &["femme", "homme"],
    &["interieur", "exterieur"],
    &["depense", "recette"],
    &["attribuant", "beneficiaire"],
    &["acheteur", "titulaire"],
    &["amenageur", "operateur", "enseigne", "gestionnaire", "proprietaire", "producteur", "fabricant"],
    &["siret", "siren", "rna", "insee", "code postal"],
    &["local", "national"],
    &["public", "prive"],
    &["creation", "mise jour", "publication", "mise service", "fermeture", "installation"],
    &["adulte", "pediatrique"],
    &["dynamique", "statique"],
    &["1", "2", "3", "4"],
    &["longueur", "largeur", "hauteur", "surface", "diametre", "volume"],
    &["latitude", "longitude"],
    &["coordonnee x", "coordonnee y"],
];

/// Words of families that stand near each other without being the same: a number may be called a code.
pub const NEAR: &[&[&str]] = &[
    &["identifiant", "numero", "code", "reference"],
    &["nom", "titre", "objet"],
    &["type", "nature", "categorie", "mode"],
    &["latitude", "coordonnee y"],
    &["longitude", "coordonnee x"],
    &["coordonnee", "emplacement", "adresse"],
    &["complement", "commentaire", "description"],
    &["organisme", "collectivite", "etablissement"],
    &["montant", "prix"],
    &["deliberation", "decision"],
    &["nombre", "capacite"],
    &["contact", "courriel"],
    &["date", "annee", "horodatage"],
    &["voie", "adresse"],
    &["gestionnaire", "operateur"],
    &["commentaire", "objet"],
];

/// Words that say nothing of a column.
pub const EMPTY: &[&str] = &[
    "de", "du", "des", "d", "la", "le", "les", "l", "un", "une", "et", "en", "a", "au", "aux", "sur", "par", "dans", "the", "of",
    "in", "and", "to", "at", "ou", "si", "son", "sa", "ses", "ce", "cette", "qui", "que", "est", "s", "is", "sont", "avec",
    "votre",
];

/// Words between brackets that speak of the writing, not of the thing.
pub const WRITING: &[&str] = &[
    "obligatoire",
    "facultatif",
    "optionnel",
    "chiffre",
    "caractere",
    "jj",
    "mm",
    "aaaa",
    "aa",
    "yyyy",
    "dd",
    "format",
    "oui",
    "non",
    "ttc",
    "texte",
    "libre",
    "liste",
    "true",
    "false",
    "ex",
    "exemple",
    "requis",
    "required",
    "optional",
    "hh",
    "iso",
    "o",
    "vrai",
    "faux",
];

/// Units: they say how a thing is counted, seldom which thing it is.
pub const UNITS: &[&str] = &[
    "euro", "eur", "kw", "kva", "kwh", "m", "cm", "km", "m2", "m3", "ha", "minute", "mn", "h", "mois", "go", "mo", "an", "metre",
    "ml", "kg", "t", "degre", "wgs84", "l93", "bar", "unite", "k", "hectare", "kilowatt",
];
