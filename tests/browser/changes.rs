//! What changes against what is published: the file, and its description, read back from a real udata.

use serde_json::json;

use crate::{
    harness::{Studio, in_site, in_studio},
    publish::{connect, ready, site_of},
    udata::udata,
};

/// Leaves a publication that has ended, for the next one.
async fn another(studio: &Studio) {
    studio.click("[aria-labelledby=t-send] > p:last-of-type button").await;
}

#[test]
fn what_changes_in_the_file_is_seen_before_it_is_sent() {
    let Some((udata, _alone)) = udata() else { return };
    in_site(site_of(udata, "changes"), async |studio| {
        let (title, table) = ready(studio).await;
        connect(studio, udata.key("agent")).await;
        studio.click("#send").await;
        studio.says("#sent", "Le brouillon est prêt").await;
        let draft = udata.only(&title);
        another(studio).await;
        studio.click("#update-existing").await;
        studio.fill("#find-dataset", "https://demo.data.gouv.fr/datasets/autre/").await;
        studio.says("#datasets-found", "celle de demo.data.gouv.fr").await;
        // The address of the API chooses the dataset.
        studio.fill("#find-dataset", &format!("{}/api/1/datasets/{}/", udata.base(), draft["id"].as_str().unwrap())).await;
        studio.select("#replaced", draft["resources"][0]["id"].as_str().unwrap()).await;

        // This platform lets no page read its files.
        studio.says("#compare", "Lire le fichier publié sur 127.0.0.1:").await;
        studio.click("#compare").await;
        studio.says("#changes", "ne laisse pas cette page lire le fichier").await;
        studio.forgive("/resources/").await;

        // A copy of it, where a row was not there yet, and a cell was another.
        let text = String::from_utf8(table).unwrap();
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        lines.pop();
        let last = lines.last_mut().unwrap();
        *last = format!("{last}X");
        let copy = studio.write("copie.csv", lines.join("\n") + "\n");
        studio.see("#compare-copy").await.send_keys(copy.display().to_string()).await.unwrap();
        studio.says("#changes", "1 ajoutée, 1 modifiée.").await;
        studio.says("#changes", "Les lignes sont reconnues par").await;
        studio.says("#changes .changes li", "Modifiée").await;
        assert_eq!(studio.count("#changes del").await, 1);

        // What is no table is told as any file is.
        let bad = studio.write("copie.zip", b"PK\x03\x04 damaged");
        studio.see("#compare-copy").await.send_keys(bad.display().to_string()).await.unwrap();
        studio.says("#changes", "copie").await;
        studio.until("no difference", "return !document.querySelector('#changes del')").await;

        // A store of files that lets pages read them.
        udata.post("open-files/1");
        studio.click("#compare").await;
        studio.says_only("#changes", "Rien ne change : les deux fichiers disent la même chose.").await;
        assert_eq!(udata.only(&title), draft, "comparing has changed something");
    });
}

#[test]
fn of_the_description_only_what_is_ticked_is_written_over() {
    let Some((udata, _alone)) = udata() else { return };
    in_site(site_of(udata, "described"), async |studio| {
        let (title, _) = ready(studio).await;
        connect(studio, udata.key("agent")).await;
        studio.click("#send").await;
        studio.says("#sent", "Le brouillon est prêt").await;
        let draft = udata.only(&title);
        let (id, file) = (draft["id"].as_str().unwrap(), draft["resources"][0]["id"].as_str().unwrap());
        let mut written = draft.clone();
        for (key, value) in [
            ("title", json!("Un titre soigné")),
            ("description", json!("Une description soignée, écrite sur le site.")),
            ("frequency", json!("weekly")),
            ("tags", json!(["autre", "soigne"])),
            ("temporal_coverage", json!({ "start": "1999-01-01", "end": "1999-12-31" })),
        ] {
            written[key] = value;
        }
        written["extras"]["custom"] = json!("kept");
        udata.put(&format!("datasets/{id}/"), &written);
        let before = udata.only("Un titre soigné");

        another(studio).await;
        studio.click("#update-existing").await;
        studio.select("#dataset", id).await;
        studio.select("#replaced", file).await;
        studio.click("#read-described").await;
        studio.says("#described", "Une description soignée").await;
        studio.says("#described", "Chaque semaine").await;
        let ticked = "return document.querySelectorAll('#described input:checked').length";
        assert_eq!(studio.run::<usize>(ticked).await, 0);
        assert_eq!(studio.count("#write-license").await, 0, "the licence is the same");
        studio.click("#write-description").await;
        studio.click("#write-temporal_coverage").await;
        studio.click("#send").await;
        studio.says("#sent", "Le brouillon est prêt").await;
        let after = udata.only("Un titre soigné");
        for key in ["title", "frequency", "tags", "license", "spatial", "private"] {
            assert_eq!(after[key], before[key], "{key}");
        }
        for key in ["description", "temporal_coverage"] {
            assert_eq!(after[key], draft[key], "{key}");
        }
        assert_eq!(after["extras"]["custom"], "kept");

        // Nothing ticked, nothing written.
        another(studio).await;
        studio.click("#update-existing").await;
        studio.select("#dataset", id).await;
        studio.select("#replaced", file).await;
        studio.click("#read-described").await;
        studio.see("#write-title").await;
        assert_eq!(studio.run::<usize>(ticked).await, 0);
        studio.click("#send").await;
        studio.says("#sent", "Le brouillon est prêt").await;
        assert_eq!(udata.only("Un titre soigné"), after);
    });
}

#[test]
fn a_rehearsal_keeps_its_files_to_compare_with() {
    in_studio(async |studio| {
        studio.cut_network();
        let (title, _) = ready(studio).await;
        studio.click("[aria-labelledby=t-send] .seg button:last-child").await;
        studio.click("#connect").await;
        studio.click("#send").await;
        studio.says("#sent", "Le brouillon est prêt").await;
        another(studio).await;
        studio.click("#update-existing").await;
        studio.fill("#find-dataset", &title).await;
        studio.says("#datasets-found", "1 jeu de données trouvé").await;
        studio.click("#dataset option:nth-child(2)").await;
        studio.click("#replaced option:nth-child(2)").await;
        studio.click("#compare").await;
        studio.says("#changes", "Rien ne change").await;
        studio.click("#read-described").await;
        studio.says("#described", "dit déjà la même chose").await;
        studio.says(".status", "0 octet envoyé").await;
    });
}
