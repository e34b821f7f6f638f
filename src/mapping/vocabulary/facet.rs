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
    /// The facet that a list calls so.
    pub fn named(name: &str) -> Option<Facet> {
        use Facet::{
            Address, Count, Date, Duration, Hours, Insee, Latitude, Longitude, Mail, Money, Name, Number, Phone, Picture, Place,
            Position, Postcode, Remark, Rna, Share, Siren, Siret, Size, Sort, State, Subject, Web, Year,
        };
        Some(match name {
            "name" => Name,
            "number" => Number,
            "siret" => Siret,
            "siren" => Siren,
            "rna" => Rna,
            "insee" => Insee,
            "postcode" => Postcode,
            "date" => Date,
            "year" => Year,
            "hours" => Hours,
            "money" => Money,
            "count" => Count,
            "share" => Share,
            "address" => Address,
            "place" => Place,
            "web" => Web,
            "phone" => Phone,
            "mail" => Mail,
            "latitude" => Latitude,
            "longitude" => Longitude,
            "position" => Position,
            "sort" => Sort,
            "state" => State,
            "duration" => Duration,
            "size" => Size,
            "remark" => Remark,
            "subject" => Subject,
            "picture" => Picture,
            _ => return None,
        })
    }

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
