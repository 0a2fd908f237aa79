//! Columns as sets and as text.

use port_registry::{Column, Columns, Protocols, Sctp, Tcp, Udp, records, search};

use crate::support::oracle::built;

/// Every set of four columns. They are enough to reach all bits with all operators.
fn sets() -> impl Iterator<Item = (Columns, Vec<Column>)> {
    let few = [0, 5, 6, 11].map(|place| Column::ALL[place]);
    (0..1 << few.len()).map(move |bits: usize| {
        let members: Vec<Column> = (0..few.len())
            .filter(|place| bits >> place & 1 != 0)
            .map(|place| few[place])
            .collect();
        (members.iter().copied().collect(), members)
    })
}

#[test]
fn operators_are_those_of_sets() {
    for (a, of_a) in sets() {
        assert!(a.iter().eq(of_a.iter().copied()));
        assert!((&a).into_iter().rev().eq(of_a.iter().rev().copied()));
        for &column in Column::ALL {
            assert_eq!((!a).contains(column), !of_a.contains(&column));
        }
        for (b, of_b) in sets() {
            for &column in Column::ALL {
                let (in_a, in_b) = (of_a.contains(&column), of_b.contains(&column));
                assert_eq!((a | b).contains(column), in_a || in_b);
                assert_eq!((a & b).contains(column), in_a && in_b);
                assert_eq!((a - b).contains(column), in_a && !in_b);
            }
            let (mut or, mut and, mut minus) = (a, a, a);
            or |= b;
            and &= b;
            minus -= b;
            assert_eq!((or, and, minus), (a | b, a & b, a - b));
        }
    }
}

#[test]
fn protocols_have_the_same_operators() {
    let common = Protocols::from([Tcp, Udp]);
    assert_eq!(!common & [Tcp, Sctp], Sctp.into());
    assert_eq!(common - Tcp, Udp.into());
    assert_eq!(!Protocols::NONE, Protocols::ALL);
    let mut found = Vec::new();
    for protocol in &common {
        found.push(protocol);
    }
    assert_eq!(found, [Tcp, Udp]);
}

#[test]
fn a_cell_is_padded_as_text_is() {
    let rows = records().zip(&built().rows).step_by(97);
    for (record, row) in rows {
        for (&column, field) in Column::ALL.iter().zip(&row.fields) {
            let cell = record.column(column);
            for (found, expected) in [
                (format!("{cell:<30}|"), format!("{field:<30}|")),
                (format!("{cell:>30}|"), format!("{field:>30}|")),
                (format!("{cell:.^30.5}|"), format!("{field:.^30.5}|")),
                (format!("{cell:8}|"), format!("{field:8}|")),
            ] {
                assert_eq!(found, expected, "{record:?} {column}");
            }
        }
    }
}

#[test]
fn dates_are_searched_if_asked_for() {
    for (column, field) in [(Column::RegistrationDate, 6), (Column::ModificationDate, 7)] {
        for query in ["2015-04", "2008", "-12-", "x"] {
            let found = search(query).columns(column).map(|record| record.index());
            let rows = built().rows.iter().enumerate();
            let expected = rows.filter(|(_, row)| row.fields[field].contains(query));
            assert!(
                found.eq(expected.map(|(place, _)| place)),
                "{query} {column}"
            );
        }
    }
}
