//! The call-back list: who agreed to be written to or called about the survey, without what they answered.

use crate::contacts::StoredContact;
use crate::team::{Field, May};
use crate::{ContactDetails, Result, ServiceError, Services, WaveInfo};
use interchange::csv::cell;
use questionnaire::Engine;
use questionnaire::instrument::{ContactField, Item, Kind};
use serde::Deserialize;

/// The call-back list, reached through [`Services::call_back`].
#[derive(Debug)]
pub struct CallBack<'a>(pub(crate) &'a Services);

/// Somebody who may be called back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallBackPerson {
    /// What they gave.
    pub details: ContactDetails,
    /// The question that they gave it to, in their words' language.
    pub asked: String,
    /// What they agreed to, in the words that were shown to them.
    pub agreed: Vec<String>,
    /// The language in which they answered.
    pub language: String,
    /// Whether they agreed that their answers may be linked to them.
    pub is_linked: bool,
}

/// How consent lies in the store: see `contacts::consent`.
#[derive(Deserialize)]
struct StoredConsent {
    language: String,
    asked: Shown,
    agreed: Vec<Shown>,
}

#[derive(Deserialize)]
struct Shown {
    item: String,
    label: String,
}

impl CallBack<'_> {
    /// Whom a wave's team may call back, in the order of random keys. Who gave contact details and was
    /// asked on the same page (else anywhere) to agree to something is there only if they did.
    ///
    /// # Errors
    /// [`ServiceError::UnknownWave`] if the wave is of another study; [`ServiceError::Unavailable`] if the
    /// database does not answer.
    pub async fn list(&self, may: &May<Field>, wave: &WaveInfo) -> Result<Vec<CallBackPerson>> {
        may.must_hold(wave)?;
        let store = self.0.store();
        let unreadable =
            |error: serde_json::Error| ServiceError::unreadable("contact", error.to_string());
        let mut people = Vec::new();
        for contact in store.contacts().of_wave(wave.id).await? {
            let given: StoredContact =
                serde_json::from_str(&contact.details).map_err(unreadable)?;
            let consent: StoredConsent =
                serde_json::from_str(&contact.consent).map_err(unreadable)?;
            let instruments = &self.0.inner.instruments;
            let engine = instruments.of(store, contact.version).await?;
            if !may_be_called(&engine, &consent) {
                continue;
            }
            people.push(CallBackPerson {
                details: given.fields,
                asked: consent.asked.label,
                agreed: consent.agreed.into_iter().map(|it| it.label).collect(),
                language: consent.language,
                is_linked: contact.response.is_some(),
            });
        }
        Ok(people)
    }

    /// The same as a table for spreadsheets, and a line in the audit log that it was taken out. Nothing
    /// changes; nobody gets the table whose line could not be written.
    ///
    /// # Errors
    /// As of [`CallBack::list`].
    pub async fn csv(&self, may: &May<Field>, wave: &WaveInfo) -> Result<String> {
        let people = self.list(may, wave).await?;
        let mut entry = may.entry(self.0.now(), "contacts.export", &wave.slug);
        entry.after = Some(serde_json::json!({ "people": people.len() }).to_string());
        self.0.store().audit().note(entry).await?;
        Ok(table(&people))
    }
}

fn may_be_called(engine: &Engine, consent: &StoredConsent) -> bool {
    let instrument = &engine.instrument;
    let is_consent = |it: &&Item| matches!(it.kind, Kind::Consent);
    let pages = instrument.pages.iter().map(|page| {
        let items = page.items.iter();
        let items = items.filter_map(|it| instrument.items.get(*it as usize));
        items.collect::<Vec<&Item>>()
    });
    let is_its = |page: &Vec<&Item>| page.iter().any(|it| it.id == consent.asked.item);
    let page = pages.into_iter().find(is_its).unwrap_or_default();
    let mut asked: Vec<&Item> = page.into_iter().filter(is_consent).collect();
    if asked.is_empty() {
        asked = instrument.items.iter().filter(is_consent).collect();
    }
    let agreed = |it: &&Item| consent.agreed.iter().any(|agreed| agreed.item == it.id);
    asked.is_empty() || asked.iter().any(agreed)
}

/// Never a formula, whatever somebody typed: see [`cell`].
fn table(people: &[CallBackPerson]) -> String {
    const FIELDS: [ContactField; 3] = [
        ContactField::Name,
        ContactField::Email,
        ContactField::Telephone,
    ];
    let mut csv = csv::Writer::from_writer(Vec::new());
    let names = FIELDS.iter().map(|it| it.code());
    let mut rows = vec![
        names
            .chain(["language", "asked", "agreed", "linked"])
            .map(str::to_owned)
            .collect::<Vec<_>>(),
    ];
    rows.extend(people.iter().map(|it| {
        let detail = |field: &ContactField| it.details.get(field).map_or("", String::as_str);
        let mut row: Vec<String> = FIELDS.iter().map(|field| cell(detail(field))).collect();
        let linked = if it.is_linked { "1" } else { "" };
        row.extend([&it.language, &it.asked, &it.agreed.join(" | ")].map(|it| cell(it)));
        row.push(linked.to_owned());
        row
    }));
    for row in rows {
        // Into memory, in rows of one length: it can always be written.
        let _ = csv.write_record(row);
    }
    let bytes = csv.into_inner().unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{CallBackPerson, Shown, StoredConsent, may_be_called, table};
    use questionnaire::instrument::ContactField;

    fn check(items: &str, agreed: &[&str], expected: bool) {
        let yaml = format!(
            "id: e\ntitle: E\nblocks:\n- id: b\n  pages:\n  - id: p\n    items:\n    - {{id: rgpd, kind: consent, label: Données}}\n  - id: q\n    items:\n{items}    - {{id: qui, kind: contact, label: Qui, fields: [email]}}\n"
        );
        let checked = questionnaire::check(&yaml);
        let engine = checked
            .engine
            .unwrap_or_else(|| panic!("{:?}", checked.diagnostics));
        let shown = |it: &str| Shown {
            item: it.to_owned(),
            label: String::new(),
        };
        let consent = StoredConsent {
            language: "fr".to_owned(),
            asked: shown("qui"),
            agreed: agreed.iter().map(|it| shown(it)).collect(),
        };
        assert_eq!(
            may_be_called(&engine, &consent),
            expected,
            "{items} {agreed:?}"
        );
    }

    #[test]
    fn who_did_not_agree_is_not_called() {
        const ASKED: &str = "    - {id: rappel, kind: consent, label: Rappel}\n";
        check(ASKED, &["rappel"], true);
        check(ASKED, &["rgpd", "rappel"], true);
        // That data are kept is not that one may be called.
        check(ASKED, &["rgpd"], false);
        check(ASKED, &[], false);
        check("", &["rgpd"], true);
        check("", &[], false);
    }

    #[test]
    fn no_cell_is_a_formula() {
        let person = CallBackPerson {
            details: [(ContactField::Name, "=1+1".to_owned())].into(),
            asked: "A, \"b\"".to_owned(),
            agreed: vec!["@x".to_owned(), "y".to_owned()],
            language: "fr".to_owned(),
            is_linked: true,
        };
        let expected = "name,email,telephone,language,asked,agreed,linked\n\
                        '=1+1,,,fr,\"A, \"\"b\"\"\",'@x | y,1\n";
        assert_eq!(table(&[person]), expected);
    }
}
