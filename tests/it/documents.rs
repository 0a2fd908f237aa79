//! The figures of the documents, which a refresh writes.

use std::fs;

use crate::support::expected::assert_same_text;
use crate::support::facts;
use crate::support::oracle::root;

#[test]
fn the_figures_of_documents_are_the_facts() {
    let facts = facts::read(include_str!("../data/facts.txt"));
    let mut markers = 0;
    for document in facts::DOCUMENTS {
        let Ok(text) = fs::read_to_string(root().join(document)) else {
            continue;
        };
        let written = facts::with_figures(&text, &facts);
        let written = written.unwrap_or_else(|error| panic!("{document}: {error}"));
        assert_same_text(&text, &written, document);
        markers += text.matches("<!--").count() - text.matches("<!-- ").count();
    }
    assert!(markers > 5, "there are figures");
}

#[test]
fn a_figure_before_a_marker_is_written_anew_and_nothing_else() {
    let facts = facts::read("records 1234567\nupdated 2031-03-14\nfew 12\n");
    let written = |text| facts::with_figures(text, &facts);
    assert_eq!(
        written(
            "<!-- a mark -->**2026-08-17<!--updated-->**: 9<!--records--> of 99, 1,000<!--few-->."
        )
        .as_deref(),
        Ok(
            "<!-- a mark -->**2031-03-14<!--updated-->**: 1,234,567<!--records--> of 99, 12<!--few-->."
        )
    );
    assert!(written("9<!--record-->").is_err_and(|error| error.contains("`record`")));
    assert!(written("nine<!--records-->").is_err_and(|error| error.contains("no figure")));
}
