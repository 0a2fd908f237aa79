//! Builds a batch column by column from what the library tells about each row.

use std::sync::Arc;

use arrow::array::{
    ArrayRef, Date32Array, ListArray, RecordBatch, StringArray, StructArray, UInt16Array,
    UInt32Array,
};
use arrow::buffer::OffsetBuffer;
use arrow::compute::kernels::cast_utils::Parser;
use arrow::datatypes::{Date32Type, Field};
use datafusion::error::Result;
use port_registry::Date;

/// Whether a column may be null.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Null {
    Never,
    Allowed,
}

/// The columns of some rows so far.
pub(super) struct Columns<'r, R> {
    rows: &'r [R],
    columns: Vec<(&'static str, ArrayRef, bool)>,
}

impl<'r, R: Copy> Columns<'r, R> {
    pub(super) const fn of(rows: &'r [R]) -> Self {
        Self {
            rows,
            columns: Vec::new(),
        }
    }

    /// The batch, or an error if a column is null that never should be.
    pub(super) fn batch(self) -> Result<RecordBatch> {
        Ok(RecordBatch::try_from_iter_with_nullable(self.columns)?)
    }

    pub(super) fn text<V: Into<Option<&'static str>>>(
        self,
        name: &'static str,
        null: Null,
        value: impl Fn(R) -> V,
    ) -> Self {
        let values: StringArray = self.each(|row| value(row).into()).collect();
        self.and(name, null, Arc::new(values))
    }

    pub(super) fn uint16<V: Into<Option<u16>>>(
        self,
        name: &'static str,
        null: Null,
        value: impl Fn(R) -> V,
    ) -> Self {
        let values: UInt16Array = self.each(|row| value(row).into()).collect();
        self.and(name, null, Arc::new(values))
    }

    pub(super) fn uint32(
        self,
        name: &'static str,
        null: Null,
        value: impl Fn(R) -> Option<u32>,
    ) -> Self {
        let values: UInt32Array = self.each(value).collect();
        self.and(name, null, Arc::new(values))
    }

    /// Two columns: the date, and how much of it the registry tells.
    pub(super) fn date(
        self,
        [name, precision]: [&'static str; 2],
        value: impl Fn(R) -> Option<Date>,
    ) -> Self {
        let dates: Vec<_> = self.each(|row| value(row).and_then(dated)).collect();
        let days: Date32Array = dates.iter().map(|date| date.map(|(day, _)| day)).collect();
        let precisions: StringArray = dates.iter().map(|date| date.map(|(_, of)| of)).collect();
        self.and(name, Null::Allowed, Arc::new(days)).and(
            precision,
            Null::Allowed,
            Arc::new(precisions),
        )
    }

    /// A column of lists of texts. A row without texts has an empty list.
    pub(super) fn texts<I: IntoIterator<Item = &'static str>>(
        self,
        name: &'static str,
        values: impl Fn(R) -> I,
    ) -> Result<Self> {
        self.lists(name, values, |texts| {
            Ok(Arc::new(StringArray::from_iter_values(texts)))
        })
    }

    /// A column of lists of structs, whose columns are told the same way.
    pub(super) fn structs<T: Copy, I: IntoIterator<Item = T>>(
        self,
        name: &'static str,
        values: impl Fn(R) -> I,
        columns: impl Fn(Columns<'_, T>) -> Columns<'_, T>,
    ) -> Result<Self> {
        self.lists(name, values, |items| {
            let items = columns(Columns::of(&items)).batch()?;
            Ok(Arc::new(StructArray::from(items)))
        })
    }

    fn lists<T, I: IntoIterator<Item = T>>(
        self,
        name: &'static str,
        values: impl Fn(R) -> I,
        array: impl Fn(Vec<T>) -> Result<ArrayRef>,
    ) -> Result<Self> {
        let mut items = Vec::new();
        let mut lengths = Vec::with_capacity(self.rows.len());
        for row in self.rows {
            let before = items.len();
            items.extend(values(*row));
            lengths.push(items.len() - before);
        }
        let items = array(items)?;
        // Items are never null. Yet the functions of DataFusion that take lists expect the common
        // form, which allows it.
        let item = Field::new_list_field(items.data_type().clone(), true);
        let offsets = OffsetBuffer::from_lengths(lengths);
        let lists = ListArray::try_new(Arc::new(item), offsets, items, None)?;
        Ok(self.and(name, Null::Never, Arc::new(lists)))
    }

    fn each<V>(&self, value: impl Fn(R) -> V) -> impl Iterator<Item = V> {
        self.rows.iter().map(move |row| value(*row))
    }

    fn and(mut self, name: &'static str, null: Null, values: ArrayRef) -> Self {
        self.columns.push((name, values, null == Null::Allowed));
        self
    }
}

/// The date as a number of days, and its precision. A month is its first day.
fn dated(date: Date) -> Option<(i32, &'static str)> {
    let (day, precision) = match date.day() {
        Some(day) => (day, "day"),
        None => (1, "month"),
    };
    let text = format!("{:04}-{:02}-{day:02}", date.year(), date.month());
    Some((Date32Type::parse(&text)?, precision))
}
