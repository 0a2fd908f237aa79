//! The contacts.

use super::contact_ids;
use super::pool::Pool;
use super::rows::date_number;
use super::source::Source;
use crate::format::table::{TooMany, sparse_texts, starts, texts};
use crate::meaning::People;

pub fn bake(
    source: &mut Source,
    people: &People<'_>,
    dates: &mut Pool<u32>,
) -> Result<(), TooMany> {
    let all = || people.all.iter();
    let listed = || all().map(|&(_, listed)| listed);
    source.table("CONTACT_ID", &texts::pack(all().map(|&(id, _)| id)));
    let names = listed().map(|person| person.and_then(|person| person.name.as_deref()));
    source.table(
        "CONTACT_NAME",
        &texts::pack(names.map(Option::unwrap_or_default)),
    );
    let organizations = listed().map(|person| person?.organization.as_deref());
    source.table(
        "ORGANIZATION",
        &sparse_texts::pack("organizations", organizations)?,
    );
    let uris = || listed().map(|person| person.map_or(&[][..], |person| &person.uris));
    source.table("URIS_OF", &starts::pack(uris().map(<[String]>::len)));
    source.table("URIS", &texts::pack(uris().flatten().map(String::as_str)));
    let updated = listed().map(|person| {
        let date = person.and_then(|person| person.updated);
        Ok(date_number(dates, date)?.unwrap_or(0))
    });
    source.array("CONTACT_UPDATED", &updated.collect::<Result<Vec<_>, _>>()?);
    contact_ids::bake(source, people);
    Ok(())
}
