//! Whether the cluster answers exactly what one machine answers: every value of every row, in any
//! order of the rows.

use crate::Result;
use crate::client::{Place, ask};
use crate::question::{self, Question};
use datafusion::arrow::datatypes::{DataType, SchemaRef};
use datafusion::arrow::record_batch::RecordBatch;
use datafusion::arrow::row::{OwnedRow, RowConverter, SortField};
use datafusion::arrow::util::pretty::pretty_format_columns;
use std::cmp::Ordering;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    place: Place,
}

pub(crate) async fn run(arguments: &Arguments) -> Result<()> {
    let cluster = arguments.place.session().await?;
    let here = arguments.place.session_here().await?;
    for question in question::ready_made() {
        let expected = ask(&here, &question).await?;
        let found = ask(&cluster, &question).await?;
        let rows = compare(&question, &expected, &found)?;
        println!("{}: {rows} rows, the same on both", question.name());
    }
    Ok(())
}

/// The number of rows, where both answers are the same; an error that shows the first difference
/// otherwise. An answer without rows would prove nothing: it is an error, too.
fn compare(question: &Question, expected: &[RecordBatch], found: &[RecordBatch]) -> Result<usize> {
    let name = question.name();
    let (Some(first), Some(other)) = (expected.first(), found.first()) else {
        return Err(format!("{name}: an answer has no rows").into());
    };
    let columns = columns(&first.schema());
    if columns != self::columns(&other.schema()) {
        return Err(format!(
            "{name}: the columns differ\non one machine: {:?}\non the cluster: {:?}",
            first.schema(),
            other.schema()
        )
        .into());
    }
    let fields = columns
        .into_iter()
        .map(|(_, data_type)| SortField::new(data_type))
        .collect();
    let converter = RowConverter::new(fields)?;
    let expected = sorted(&converter, expected)?;
    let found = sorted(&converter, found)?;
    match first_difference(&expected, &found) {
        None if expected.is_empty() => Err(format!("{name}: the answer has no rows").into()),
        None => Ok(expected.len()),
        Some((row, place)) => Err(format!(
            "{name}: {} rows on one machine, {} on the cluster; this one is only {place}:\n{}",
            expected.len(),
            found.len(),
            pretty_format_columns("value", &converter.convert_rows([row.row()])?)?
        )
        .into()),
    }
}

/// Names and types; whether nulls are allowed is the planner's guess and no part of an answer.
fn columns(schema: &SchemaRef) -> Vec<(String, DataType)> {
    let fields = schema.fields().iter();
    fields
        .map(|field| (field.name().clone(), field.data_type().clone()))
        .collect()
}

/// All rows in the order of their values.
fn sorted(converter: &RowConverter, batches: &[RecordBatch]) -> Result<Vec<OwnedRow>> {
    let mut rows = Vec::new();
    for batch in batches {
        let converted = converter.convert_columns(batch.columns())?;
        rows.extend(converted.iter().map(|row| row.owned()));
    }
    rows.sort_unstable();
    Ok(rows)
}

/// The first row that one of two sorted answers lacks, and where it is found.
fn first_difference<'a, T: Ord>(
    expected: &'a [T],
    found: &'a [T],
) -> Option<(&'a T, &'static str)> {
    let (here, cluster) = ("on one machine", "on the cluster");
    let pairs = expected.iter().zip(found);
    for (left, right) in pairs {
        match left.cmp(right) {
            Ordering::Less => return Some((left, here)),
            Ordering::Greater => return Some((right, cluster)),
            Ordering::Equal => {}
        }
    }
    let surplus = expected.get(found.len()).map(|row| (row, here));
    surplus.or_else(|| found.get(expected.len()).map(|row| (row, cluster)))
}

#[cfg(test)]
mod tests {
    use super::first_difference;

    #[test]
    fn finds_what_one_side_lacks() {
        assert_eq!(first_difference(&[1, 2, 2], &[1, 2, 2]), None);
        let (row, place) = first_difference(&[1, 2, 3], &[1, 3, 3]).unwrap();
        assert_eq!((*row, place), (2, "on one machine"));
        let (row, place) = first_difference(&[1, 3], &[1, 2, 3]).unwrap();
        assert_eq!((*row, place), (2, "on the cluster"));
        let (row, place) = first_difference(&[1, 2, 2], &[1, 2]).unwrap();
        assert_eq!((*row, place), (2, "on one machine"));
        let (row, place) = first_difference(&[], &[7]).unwrap();
        assert_eq!((*row, place), (7, "on the cluster"));
    }
}
