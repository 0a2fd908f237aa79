//! The different references of the registry, by number: a column for each thing to tell of one,
//! and one pool of texts for all of them. The empty text has the number 0 and stands for none.

use crate::format::value::reference_kind::ReferenceKind;

#[cfg(baked)]
use super::{promised, texts::Texts};

/// `REFERENCES` references, with texts from among `N - 1`.
#[cfg(baked)]
pub struct References<const REFERENCES: usize, const N: usize, const CARRIES: usize> {
    kinds: [ReferenceKind; REFERENCES],
    numbers: [u32; REFERENCES],
    sections: [u16; REFERENCES],
    labels: [u16; REFERENCES],
    urls: [u16; REFERENCES],
    notes: [u16; REFERENCES],
    texts: Texts<N, CARRIES>,
}

#[cfg(baked)]
impl<const REFERENCES: usize, const N: usize, const CARRIES: usize>
    References<REFERENCES, N, CARRIES>
{
    pub const fn new(
        kinds: [ReferenceKind; REFERENCES],
        numbers: [u32; REFERENCES],
        sections: [u16; REFERENCES],
        labels: [u16; REFERENCES],
        urls: [u16; REFERENCES],
        notes: [u16; REFERENCES],
        texts: Texts<N, CARRIES>,
    ) -> Self {
        assert!(
            texts.start(1) == 0,
            "the text 0 is empty and stands for none"
        );
        Self {
            kinds,
            numbers,
            sections,
            labels,
            urls,
            notes,
            texts,
        }
    }

    pub const fn kind(&self, number: u16) -> ReferenceKind {
        promised(&self.kinds, number as usize, ReferenceKind::Text)
    }

    /// The number of the document, 0 for none.
    pub const fn document_number(&self, number: u16) -> u32 {
        promised(&self.numbers, number as usize, 0)
    }

    pub const fn section(&self, number: u16) -> &'static str {
        self.text(&self.sections, number)
    }

    /// What IANA prints between square brackets.
    pub const fn label(&self, number: u16) -> &'static str {
        self.text(&self.labels, number)
    }

    pub const fn url(&self, number: u16) -> &'static str {
        self.text(&self.urls, number)
    }

    /// The text of a footnote.
    pub const fn note(&self, number: u16) -> &'static str {
        self.text(&self.notes, number)
    }

    /// The texts of all references as one, for a search through all of them.
    pub const fn joined(&self) -> &'static str {
        self.texts.joined()
    }

    const fn text(&self, column: &[u16; REFERENCES], number: u16) -> &'static str {
        self.texts
            .get(promised(column, number as usize, 0) as usize)
    }
}

/// A reference to be packed; the empty text and 0 stand for what it lacks.
#[cfg(not(baked))]
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Reference {
    pub kind: ReferenceKind,
    /// Of an RFC, BCP, STD or erratum.
    pub number: u32,
    pub section: String,
    pub label: String,
    pub url: String,
    /// Its place among the footnotes.
    pub footnote: Option<usize>,
}

/// Packs references, numbered as they come, with the texts of the footnotes.
#[cfg(not(baked))]
pub fn pack<'a>(
    references: &'a [Reference],
    footnotes: &'a [String],
) -> Result<super::Packed, super::TooMany> {
    let mut numbers = std::collections::HashMap::from([("", 0)]);
    let mut texts = vec![""];
    let note = |reference: &'a Reference| reference.footnote.map_or("", |place| &footnotes[place]);
    let mut column = |text: &dyn Fn(&'a Reference) -> &'a str| {
        let ids = references.iter().map(|reference| {
            let text = text(reference);
            let number = *numbers.entry(text).or_insert_with(|| {
                texts.push(text);
                texts.len() - 1
            });
            super::narrow(number, "texts of references")
        });
        ids.collect::<Result<Vec<u16>, _>>()
    };
    let sections = column(&|reference| &reference.section)?;
    let labels = column(&|reference| &reference.label)?;
    let urls = column(&|reference| &reference.url)?;
    let notes = column(&note)?;
    let kinds: Vec<String> = references
        .iter()
        .map(|reference| format!("ReferenceKind::{:?}", reference.kind))
        .collect();
    let documents: Vec<u32> = references
        .iter()
        .map(|reference| reference.number)
        .collect();
    let texts = super::texts::pack(texts);
    Ok(super::Packed {
        kind: format!("References<{}, {}>", references.len(), texts.sizes()),
        value: format!(
            "References::new([{}], {documents:?}, {sections:?}, {labels:?}, {urls:?}, {notes:?}, {})",
            kinds.join(", "),
            texts.value
        ),
        text: texts.text,
    })
}
