//! Lambert 93 (EPSG:2154), the legal projection of metropolitan France (decree 2006-272), turned back into
//! longitude and latitude. On its geodetic system, RGF93, these are those of WGS 84 within decimetres.
//!
//! The algorithms and the constants are those of IGN: *Projection cartographique conique conforme de
//! Lambert*, NTG 71, algorithms ALG0002 and ALG0004, and *Descriptif technique du système RGF93*.

/// The exponent of the projection.
const N: f64 = 0.725_607_765_0;
/// The constant of the projection, in metres.
const C: f64 = 11_754_255.426;
/// The coordinates of the pole, in metres.
const POLE: (f64, f64) = (700_000.0, 12_655_612.050);
/// The meridian of origin, in degrees.
const MERIDIAN: f64 = 3.0;
/// The first eccentricity of the ellipsoid GRS 80.
const E: f64 = 0.081_819_191_042_8;

/// Where metropolitan France and Corsica lie, with some room around, in metres.
const WIDTH: std::ops::RangeInclusive<f64> = 90_000.0..=1_260_000.0;
const HEIGHT: std::ops::RangeInclusive<f64> = 6_040_000.0..=7_130_000.0;

/// Longitude and latitude, in degrees, of a point given by its X and Y in Lambert 93, in metres; `None` where the
/// point is not in metropolitan France, so that the numbers are something else.
///
/// ```
/// let (longitude, latitude) = atelier::repair::to_wgs84(652_469.02, 6_862_035.26).unwrap();
/// assert!((longitude - 2.3522).abs() < 1e-7 && (latitude - 48.8566).abs() < 1e-7);
/// ```
pub fn to_wgs84(x: f64, y: f64) -> Option<(f64, f64)> {
    (WIDTH.contains(&x) && HEIGHT.contains(&y)).then(|| unprojected(x, y))
}

/// ALG0004: from X and Y to longitude and latitude.
fn unprojected(x: f64, y: f64) -> (f64, f64) {
    let (east, south) = (x - POLE.0, POLE.1 - y);
    let radius = east.hypot(south);
    let isometric = -(radius / C).ln() / N;
    (MERIDIAN + (east.atan2(south) / N).to_degrees(), latitude(isometric, E).to_degrees())
}

/// ALG0002: the latitude whose isometric latitude is known, on an ellipsoid of this eccentricity.
fn latitude(isometric: f64, e: f64) -> f64 {
    let half = std::f64::consts::FRAC_PI_2;
    let mut found = 2.0 * isometric.exp().atan() - half;
    // Each step gains two digits and a half: ten are more than a double holds.
    for _ in 0..10 {
        let sine = e * found.sin();
        found = 2.0 * (((1.0 + sine) / (1.0 - sine)).powf(e / 2.0) * isometric.exp()).atan() - half;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The test values that NTG 71 gives for ALG0002.
    #[test]
    fn latitudes_are_those_of_ign() {
        let e = 0.081_991_889_98;
        for (isometric, expected) in
            [(1.005_526_536_48, 0.872_664_626_00), (-0.302_616_900_60, -0.299_999_999_97), (0.2, 0.199_989_033_69)]
        {
            assert!((latitude(isometric, e) - expected).abs() < 1e-10, "{isometric}");
        }
    }

    /// The origin is exact by definition; the other was projected by the formula the other way (ALG0003), to the centimetre.
    #[test]
    fn known_points_are_found() {
        for (x, y, longitude, latitude) in [(700_000.0, 6_600_000.0, 3.0, 46.5), (652_469.02, 6_862_035.26, 2.3522, 48.8566)] {
            let (lon, lat) = to_wgs84(x, y).unwrap();
            assert!((lon - longitude).abs() < 1e-7 && (lat - latitude).abs() < 1e-7, "{lon} {lat}");
        }
        assert_eq!((to_wgs84(2.35, 48.85), to_wgs84(652_469.0, 862_035.0), to_wgs84(f64::NAN, 6.6e6)), (None, None, None));
    }
}
