//! Choosing a dataset among all those of an organisation.

use super::{AddressError, Answer, Call, Dataset, Instance, Page, Trouble, api};
use crate::text;

/// The datasets of an organisation, drafts included, asked for page after page.
#[derive(Debug, Clone, Default)]
pub struct Listing {
    organisation: String,
    pages: u32,
    whole: bool,
    datasets: Vec<Dataset>,
}

impl Listing {
    /// Those of an organisation, none of which is known yet.
    pub fn of(organisation: &str) -> Listing {
        Listing { organisation: organisation.to_owned(), ..Listing::default() }
    }

    /// What to ask next; `None` once all are known.
    pub fn next(&self) -> Option<Call> {
        (!self.whole).then(|| api::datasets(&self.organisation, "", self.pages + 1))
    }

    /// Takes a page.
    ///
    /// # Errors
    /// Where it is none.
    pub fn take(&mut self, answer: &Answer) -> Result<(), Trouble> {
        let page: Page<Dataset> = answer.read()?;
        self.pages += 1;
        self.whole = page.next_page.is_none() || page.data.is_empty();
        for dataset in page.data {
            // One made meanwhile moves the others to the next page.
            let known = self.datasets.iter().any(|known| known.id == dataset.id);
            if dataset.deleted.is_none() && !known {
                self.datasets.push(dataset);
            }
        }
        Ok(())
    }

    /// Those known.
    pub fn datasets(self) -> Vec<Dataset> {
        self.datasets
    }
}

/// The datasets that a text names: by the address of a page or of the API, by an identifier, or by words of the title.
///
/// # Errors
/// Where it is an address of no dataset, or of another platform.
pub fn sought<'a>(datasets: &'a [Dataset], instance: &Instance, text: &str) -> Result<Vec<&'a Dataset>, AddressError> {
    let wanted = text.trim();
    if !wanted.contains("://") {
        let words = text::words(wanted);
        let has = |dataset: &&Dataset| {
            let title = text::fold(&dataset.title);
            dataset.id == wanted || words.iter().all(|word| title.contains(word.as_str()))
        };
        return Ok(datasets.iter().filter(has).collect());
    }
    let bare = |address: &str| address.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/').to_owned();
    let page = |dataset: &Dataset| dataset.page.as_deref().map(bare);
    // A platform may show its pages on another site than that of its API.
    let shown: Vec<&Dataset> = datasets.iter().filter(|dataset| page(dataset).as_ref() == Some(&bare(wanted))).collect();
    if !shown.is_empty() {
        return Ok(shown);
    }
    let named = instance.dataset(wanted)?;
    let slug = |dataset: &Dataset| page(dataset).and_then(|page| page.rsplit('/').next().map(str::to_owned));
    Ok(datasets.iter().filter(|dataset| dataset.id == named || slug(dataset).as_ref() == Some(&named)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dataset_is_found_by_words_by_identifier_and_by_address() {
        let dataset = |id: &str, title: &str, page: &str| Dataset {
            id: id.into(),
            title: title.into(),
            page: Some(page.into()),
            ..Dataset::default()
        };
        let all = [
            dataset("5f1", "Délibérations du conseil, 2024", "https://www.data.gouv.fr/datasets/deliberations/"),
            dataset("5f2", "Marchés 2024", "https://portail.example.org/jeux/marches"),
        ];
        let instance = Instance::new("https://www.data.gouv.fr").unwrap();
        let found = |text: &str| {
            sought(&all, &instance, text)
                .map(|found| found.iter().map(|dataset| dataset.id.as_str()).collect::<Vec<_>>().join(" "))
        };
        for (text, ids) in [
            ("", "5f1 5f2"),
            ("2024 delib", "5f1"),
            ("5f2", "5f2"),
            (" https://www.data.gouv.fr/fr/datasets/deliberations/?a#b ", "5f1"),
            ("https://www.data.gouv.fr/api/1/datasets/5f2/", "5f2"),
            ("https://portail.example.org/jeux/marches/#fichiers", "5f2"),
            ("https://www.data.gouv.fr/datasets/autre/", ""),
        ] {
            assert_eq!(found(text), Ok(ids.to_owned()), "{text}");
        }
        assert_eq!(found("https://demo.data.gouv.fr/datasets/x/"), Err(AddressError::Elsewhere("demo.data.gouv.fr".into())));
        assert_eq!(found("https://www.data.gouv.fr/reuses/x/"), Err(AddressError::NotADataset));
    }
}
