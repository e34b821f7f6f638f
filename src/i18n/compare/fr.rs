use super::CompareWords;

/// French.
pub static WORDS: CompareWords = CompareWords {
    // The file
    changes_title: "Ce qui change dans le fichier",
    changes_text: "Le fichier publié est lu, puis comparé sur ce poste : rien n’est envoyé.",
    changes_read: "Lire le fichier publié sur {host}",
    changes_copy: "Choisir ma copie",
    changes_reading: "Lecture et comparaison…",
    changes_refused: "{host} ne laisse pas cette page lire le fichier, ou ne répond pas. Enregistrez-le depuis sa page, puis choisissez votre copie.",
    changes_none: "Rien ne change : les deux fichiers disent la même chose.",
    changes_rows: "{before} {before:ligne publiée|lignes publiées}, {after} ici",
    added: "{n} {n:ajoutée|ajoutées}",
    removed: "{n} {n:supprimée|supprimées}",
    changed: "{n} {n:modifiée|modifiées}",
    by_key: "Les lignes sont reconnues par {what}.",
    by_content: "Aucune colonne ne distingue toutes les lignes : elles sont reconnues à ce qu’elles contiennent, puis à leur place.",
    columns_added: "Colonnes ajoutées : {what}",
    columns_removed: "Colonnes supprimées : {what}",
    columns_renamed: "Colonnes renommées : {what}",
    reordered: "Les colonnes changent d’ordre.",
    cells: "Cases modifiées : {what}",
    fate_changed: "Modifiée",
    fate_added: "Ajoutée",
    fate_removed: "Supprimée",
    place: "ligne {n}",
    more_cells: "et {n} {n:autre case|autres cases}",
    first_rows: "Les premières de chaque sorte",

    // The description
    described_title: "Ce qui change dans la description",
    described_text: "La description publiée reste telle qu’elle est. Cochez ce que la vôtre doit remplacer.",
    described_read: "Lire la description publiée sur {host}",
    described_same: "La description publiée dit déjà la même chose.",
    replace: "Remplacer : {what}",
    published: "Publié",
    here: "Ici",
    empty: "rien",

    // The dataset
    not_ours: "Ce jeu de données n’est pas de l’organisation choisie.",
};
