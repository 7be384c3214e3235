//! Code lists: an item's own, or one of the questionnaire's.

use std::collections::HashSet;

use serde_json::Value;

use super::former::Names;
use super::{Lowering, fields, ids};
use crate::diagnostic::Problem;
use crate::document::{self, AttributeType};
use crate::instrument::{AttributeValue, Choice, List, Specify, Was};

impl<'d> Lowering<'d, '_, '_> {
    /// The item's code list: its own, or the named one.
    pub(super) fn choices(&mut self, item: &'d document::Item, path: &str) -> u32 {
        let Some(name) = &item.list else {
            if item.choices.is_empty() {
                let kind = fields::kind_name(item.kind);
                self.findings.error(
                    path,
                    Problem::FieldNeeded {
                        field: "choices",
                        kind,
                    },
                );
            }
            let path = format!("{path}/choices");
            let list = self.list(&item.choices, &path);
            self.values(list, &item.choices, &item.attributes, &path);
            return list;
        };
        let Some(named) = self.named_lists.get(name.as_str()).copied() else {
            let names = self.document.lists.iter().map(|it| it.id.as_str());
            let problem = Problem::UnknownList { list: name.clone() };
            self.findings
                .error_in_word(&format!("{path}/list"), problem, name, names);
            return self.list(&[], path);
        };
        if item.attributes.is_empty() {
            return named.list;
        }
        // Attributes are the item's: it takes a copy of the list, with their values.
        let copy = self.lists[named.list as usize].clone();
        self.lists.push(copy);
        let list = self.lists.len() as u32 - 1;
        let former = self.former.choices.iter().filter(|it| it.of == named.list);
        let former = former.map(|it| Was {
            of: list,
            ..it.clone()
        });
        let former: Vec<Was> = former.collect();
        self.former.choices.extend(former);
        let choices = &self.document.lists[named.nth].choices;
        self.values(
            list,
            choices,
            &item.attributes,
            &format!("/lists/{}/choices", named.nth),
        );
        list
    }

    pub(super) fn list(&mut self, choices: &'d [document::Choice], path: &str) -> u32 {
        let mut seen = HashSet::new();
        let of = self.lists.len() as u32;
        let mut names = Names::of_codes(choices.iter().map(|it| it.code.as_str()));
        let mut list = List {
            choices: Vec::with_capacity(choices.len()),
        };
        for (nth, it) in choices.iter().enumerate() {
            let path = format!("{path}/{nth}");
            self.code(&it.code, &path, &mut seen);
            let at = u16::try_from(nth).unwrap_or(u16::MAX);
            if let Some(it) = self.former(of, at, &it.was, &path, &mut names) {
                self.former.choices.push(it);
            }
            let specify = it.specify.as_ref();
            list.choices.push(Choice {
                code: it.code.clone(),
                label: it.label.clone(),
                exclusive: it.exclusive,
                specify: specify.map(|it| Specify {
                    label: it.label.clone(),
                    required: it.required,
                }),
                missing: it.missing,
                attributes: Vec::new(),
            });
        }
        self.lists.push(list);
        self.lists.len() as u32 - 1
    }

    pub(super) fn code<'c>(&mut self, code: &'c str, path: &str, seen: &mut HashSet<&'c str>) {
        let at = format!("{path}/code");
        if !ids::is_code(code) {
            self.findings.error(
                &at,
                Problem::BadCode {
                    code: code.to_owned(),
                },
            );
        } else if !seen.insert(code) {
            self.findings.error(
                &at,
                Problem::DuplicateCode {
                    code: code.to_owned(),
                },
            );
        }
    }

    /// Puts the values of the item's attributes into its list.
    fn values(
        &mut self,
        list: u32,
        choices: &[document::Choice],
        declared: &[document::Attribute],
        path: &str,
    ) {
        for (nth, choice) in choices.iter().enumerate() {
            let path = format!("{path}/{nth}/attributes");
            for name in choice.attributes.keys() {
                if !declared.iter().any(|it| it.id == *name) {
                    let problem = Problem::BadAttribute {
                        attribute: name.clone(),
                    };
                    self.findings
                        .error_at_key(&format!("{path}/{name}"), problem);
                }
            }
            let values = declared.iter().map(|it| {
                let Some(given) = choice.attributes.get(&it.id) else {
                    return AttributeValue::None;
                };
                value(given, it.ty).unwrap_or_else(|| {
                    let problem = Problem::BadAttribute {
                        attribute: it.id.clone(),
                    };
                    self.findings.error(&format!("{path}/{}", it.id), problem);
                    AttributeValue::None
                })
            });
            self.lists[list as usize].choices[nth].attributes = values.collect();
        }
    }
}

/// A value of the declared type.
fn value(given: &Value, ty: AttributeType) -> Option<AttributeValue> {
    match (given, ty) {
        (Value::Bool(it), AttributeType::Boolean) => Some(AttributeValue::Bool(*it)),
        (Value::Number(it), AttributeType::Number) => {
            crate::number::from_json(it).map(AttributeValue::Number)
        }
        (Value::String(it), AttributeType::Text) => Some(AttributeValue::Text(it.clone())),
        _ => None,
    }
}
