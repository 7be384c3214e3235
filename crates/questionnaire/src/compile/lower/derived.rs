//! What is made of items: texts that depend on answers, unions of choices.

use std::collections::HashMap;

use super::{Lowering, Space, nothing};
use crate::diagnostic::Problem;
use crate::instrument::{Fill, Net};
use crate::layout::Source;

impl Lowering<'_, '_, '_> {
    pub(super) fn fills(&mut self) -> Vec<Fill> {
        let document = self.document;
        let mut fills = Vec::new();
        for (nth, fill) in (0u32..).zip(&document.fills) {
            let path = format!("/fills/{nth}");
            self.place(&fill.id, &path, Space::Item);
            let mut cases = Vec::new();
            for (case, it) in (0u16..).zip(&fill.cases) {
                let path = format!("{path}/cases/{case}");
                let when = self.condition(Source::Fill(nth, case), Some(&it.when), &path, "when");
                cases.push((when.unwrap_or_else(nothing), it.text.clone()));
            }
            fills.push(Fill {
                id: fill.id.clone(),
                cases,
                fallback: fill.fallback.clone(),
            });
        }
        fills
    }

    pub(super) fn nets(&mut self) -> Vec<Net> {
        let document = self.document;
        let mut codes_of: HashMap<u32, HashMap<String, u16>> = HashMap::new();
        let mut nets = Vec::new();
        for (nth, net) in document.nets.iter().enumerate() {
            let path = format!("/nets/{nth}");
            self.place(&net.id, &path, Space::Net);
            let Some(&item) = self.ids.get(net.item.as_str()) else {
                let problem = Problem::UnknownItem {
                    item: net.item.clone(),
                };
                let ids = self.ids.keys().copied();
                self.findings
                    .error_in_word(&format!("{path}/item"), problem, &net.item, ids);
                continue;
            };
            let list = self.items[item as usize].list();
            let list = list.or_else(|| self.declared.get(&item).copied());
            let list = list.and_then(|it| self.lists.get(it as usize));
            let codes = codes_of.entry(item).or_insert_with(|| {
                let choices = list.map_or(&[][..], |it| &it.choices);
                choices
                    .iter()
                    .map(|it| it.code.clone())
                    .zip(0u16..)
                    .collect()
            });
            if net.choices.is_empty() {
                let problem = Problem::EmptyList { field: "choices" };
                self.findings.error(&format!("{path}/choices"), problem);
            }
            let mut choices = Vec::new();
            for (c, code) in net.choices.iter().enumerate() {
                if let Some(it) = codes.get(code) {
                    choices.push(*it);
                    continue;
                }
                let problem = Problem::UnknownCode {
                    code: code.clone(),
                    item: net.item.clone(),
                };
                let words = codes.keys().map(String::as_str);
                self.findings
                    .error_in_word(&format!("{path}/choices/{c}"), problem, code, words);
            }
            choices.sort_unstable();
            choices.dedup();
            nets.push(Net {
                id: net.id.clone(),
                label: net.label.clone(),
                item,
                choices,
            });
        }
        nets
    }
}
