//! The fourth step: the score that data.gouv.fr will give, what is filled, and what is kept for the next time.

use crate::harness::{fixture, in_studio};

#[test]
fn the_score_follows_what_is_told() {
    in_studio(async |studio| {
        studio.upload(&fixture("deliberations.xlsx")).await;
        studio.go(4).await;
        studio.says("#score", "6 sur 9").await;
        // What is missing leads to its field.
        studio.click(".quality .no .link").await;
        studio.is_on("#m-frequency").await;
        studio.select("#m-frequency", "ANNUAL").await;
        studio.says("#score", "8 sur 9").await;
        studio.fill("#m-zones", "Trifouilly").await;
        studio.says("#m-zones-h", "n’est pas une zone connue").await;
        studio.fill("#m-zones", "69123").await;
        studio.says(".tag:has(+ #m-zones)", "commune 69123").await;
        studio.says("#score", "9 sur 9").await;
        studio.fill("#m-start", "31/02/2024").await;
        studio.says("#m-start-h", "Écrivez une date").await;
        studio.says("#score", "8 sur 9").await;
        studio.fill("#m-start", "31/01/2024").await;
        studio.says("#score", "9 sur 9").await;
        assert_eq!(studio.value("#m-start").await, "2024-01-31");
        studio.fill("#m-tags", "Conseil municipal").await;
        studio.says(".tag:has(+ #m-tags)", "conseil-municipal").await;
        studio.click(".tag:has(+ #m-zones) button").await;
        studio.says("#score", "8 sur 9").await;
        studio.is_on("#m-zones").await;
        studio.go(5).await;
        studio.says(".dl", "8 sur 9").await;
    });
}

#[test]
fn an_organisation_is_typed_once_and_a_pack_brings_all_back() {
    in_studio(async |studio| {
        studio.upload(&fixture("deliberations.xlsx")).await;
        studio.go(4).await;
        assert!(studio.run::<bool>("return !document.querySelector('#kept')").await);
        studio.fill("#m-contact", "mairie").await;
        studio.says("#m-contact-h", "Ce n’est pas une adresse").await;
        studio.fill("#m-contact", "mairie@exemple.fr").await;
        studio.says("#kept", "retenue sur ce poste").await;
        studio.fill("#m-zones", "79").await;
        studio.says(".tag:has(+ #m-zones)", "Deux-Sèvres").await;
        studio.fill("#m-title", "Un titre à nous").await;
        studio.go(5).await;
        studio.click("#with-workbook").await;
        studio.click("#take-pack").await;
        let (name, pack) = studio.downloaded("zip").await;
        assert!(name.ends_with(".zip"), "{name}");
        // The same file again, on the same computer.
        studio.run::<()>("location.reload()").await;
        studio.see("#file").await;
        studio.upload(&fixture("deliberations.xlsx")).await;
        studio.go(4).await;
        assert_eq!(studio.value("#m-contact").await, "mairie@exemple.fr");
        studio.says(".tag:has(+ #m-zones)", "Deux-Sèvres").await;
        studio.click("#forget-profile").await;
        studio.gone("#kept").await;
        // The pack, on a computer that knows nothing.
        let path = studio.write("pack.zip", pack);
        studio.run::<()>("localStorage.clear(); location.reload()").await;
        studio.see("#file").await;
        studio.upload(&path).await;
        studio.go(4).await;
        assert_eq!(studio.value("#m-title").await, "Un titre à nous");
        assert_eq!(studio.value("#m-contact").await, "mairie@exemple.fr");
        studio.says(".tag:has(+ #m-zones)", "Deux-Sèvres").await;
    });
}
