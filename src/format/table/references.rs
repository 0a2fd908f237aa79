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
    texts: [u16; REFERENCES],
    urls: [u16; REFERENCES],
    notes: [u16; REFERENCES],
    pool: Texts<N, CARRIES>,
}

#[cfg(baked)]
impl<const REFERENCES: usize, const N: usize, const CARRIES: usize>
    References<REFERENCES, N, CARRIES>
{
    #[inline]
    pub const fn new(
        kinds: [ReferenceKind; REFERENCES],
        numbers: [u32; REFERENCES],
        sections: [u16; REFERENCES],
        texts: [u16; REFERENCES],
        urls: [u16; REFERENCES],
        notes: [u16; REFERENCES],
        pool: Texts<N, CARRIES>,
    ) -> Self {
        assert!(
            pool.start(1) == 0,
            "the text 0 is empty and stands for none"
        );
        Self {
            kinds,
            numbers,
            sections,
            texts,
            urls,
            notes,
            pool,
        }
    }

    #[inline]
    pub const fn kind(&self, number: u16) -> ReferenceKind {
        promised(&self.kinds, number as usize, ReferenceKind::Text)
    }

    /// The number of the document, 0 for none.
    #[inline]
    pub const fn document_number(&self, number: u16) -> u32 {
        promised(&self.numbers, number as usize, 0)
    }

    #[inline]
    pub const fn section(&self, number: u16) -> &'static str {
        self.pooled(&self.sections, number)
    }

    /// What IANA prints between square brackets.
    #[inline]
    pub const fn text(&self, number: u16) -> &'static str {
        self.pooled(&self.texts, number)
    }

    #[inline]
    pub const fn url(&self, number: u16) -> &'static str {
        self.pooled(&self.urls, number)
    }

    /// The text of a footnote.
    #[inline]
    pub const fn note(&self, number: u16) -> &'static str {
        self.pooled(&self.notes, number)
    }

    /// The texts of all references as one, for a search through all of them.
    #[inline]
    pub const fn joined(&self) -> &'static str {
        self.pool.joined()
    }

    #[inline]
    const fn pooled(&self, column: &[u16; REFERENCES], number: u16) -> &'static str {
        self.pool.get(promised(column, number as usize, 0) as usize)
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
    pub text: String,
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
    let mut pool = vec![""];
    let note = |reference: &'a Reference| reference.footnote.map_or("", |place| &footnotes[place]);
    let mut column = |text: &dyn Fn(&'a Reference) -> &'a str| {
        let ids = references.iter().map(|reference| {
            let text = text(reference);
            let number = *numbers.entry(text).or_insert_with(|| {
                pool.push(text);
                pool.len() - 1
            });
            super::narrow(number, "texts of references")
        });
        ids.collect::<Result<Vec<u16>, _>>()
    };
    let sections = column(&|reference| &reference.section)?;
    let texts = column(&|reference| &reference.text)?;
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
    let pool = super::texts::pack(&pool);
    Ok(super::Packed {
        kind: format!("References<{}, {}>", references.len(), pool.sizes()),
        value: format!(
            "References::new([{}], {documents:?}, {sections:?}, {texts:?}, {urls:?}, {notes:?}, {})",
            kinds.join(", "),
            pool.value
        ),
        text: pool.text,
    })
}
