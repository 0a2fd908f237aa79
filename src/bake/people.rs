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
    let (mut ids, mut names, mut organizations) = (Vec::new(), Vec::new(), Vec::new());
    let (mut uris, mut uris_of, mut updated) = (Vec::new(), Vec::new(), Vec::new());
    for &(id, listed) in &people.all {
        ids.push(id);
        names.push(
            listed
                .and_then(|person| person.name.as_deref())
                .unwrap_or_default(),
        );
        organizations.push(listed.and_then(|person| person.organization.as_deref()));
        let own: &[String] = listed.map_or(&[], |person| &person.uris);
        uris_of.push(own.len());
        uris.extend(own.iter().map(String::as_str));
        let date = listed.and_then(|person| person.updated);
        updated.push(date_number(dates, date)?.unwrap_or(0));
    }
    source.table("CONTACT_ID", &texts::pack(&ids));
    source.table("CONTACT_NAME", &texts::pack(&names));
    let organizations = sparse_texts::pack("organizations", &organizations)?;
    source.table("ORGANIZATION", &organizations);
    source.table("URIS_OF", &starts::pack(&uris_of));
    source.table("URIS", &texts::pack(&uris));
    source.array("CONTACT_UPDATED", &updated);
    contact_ids::bake(source, people);
    Ok(())
}
