//! Variables of the sampling frame: items that nobody is asked.

use super::{Lowering, fields};
use crate::diagnostic::Problem;
use crate::document::{Item, ItemKind};
use crate::instrument::{Block, Page};
use crate::text::Text;

/// What their block and page are called: no author can choose it.
const NAME: &str = "$frame";

impl Lowering<'_, '_, '_> {
    /// Places them before everything else; answers the sample's columns.
    pub(super) fn frame(&mut self, blocks: &mut Vec<Block>, pages: &mut Vec<Page>) -> Vec<String> {
        let document = self.document;
        if document.frame.is_empty() {
            return Vec::new();
        }
        blocks.push(Block {
            id: NAME.to_owned(),
            title: Some(Text::fr_en("Base de sondage", "Sampling frame")),
            filter: None,
        });
        pages.push(Page {
            id: NAME.to_owned(),
            block: 0,
            title: None,
            filter: None,
            items: Vec::new(),
        });
        let mut columns: Vec<String> = Vec::new();
        for (nth, item) in document.frame.iter().enumerate() {
            let path = format!("/frame/{nth}");
            self.check_frame(item, &path);
            let column = item.column.as_ref().unwrap_or(&item.id);
            let is_same = |it: &String| it.trim().to_lowercase() == column.trim().to_lowercase();
            if column.trim().is_empty() || columns.iter().any(is_same) {
                let problem = Problem::FrameColumn {
                    column: column.clone(),
                };
                self.findings.error(&format!("{path}/column"), problem);
            }
            columns.push(column.trim().to_owned());
        }
        self.items(&document.frame, 0, None, "/frame");
        columns
    }

    /// Reports what makes no sense where nobody is asked.
    fn check_frame(&mut self, item: &Item, path: &str) {
        use ItemKind as K;
        let is_value = matches!(
            item.kind,
            K::Single | K::Scale | K::Territory | K::Quantity | K::Money | K::Text | K::Date
        );
        if !is_value {
            let kind = fields::kind_name(item.kind);
            self.findings
                .error(&format!("{path}/kind"), Problem::FrameKind { kind });
        }
        let given = [
            ("help", item.help.is_some()),
            ("filter", item.filter.is_some()),
            ("required", item.required),
            ("offers", item.offers.is_some()),
            ("checks", !item.checks.is_empty()),
            ("multiline", item.multiline),
        ];
        let choices = item.choices.iter().enumerate().flat_map(|(nth, choice)| {
            [
                ("exclusive", choice.exclusive),
                ("specify", choice.specify.is_some()),
                ("missing", choice.missing.is_some()),
                ("filter", choice.filter.is_some()),
            ]
            .map(|(field, given)| (format!("choices/{nth}/{field}"), field, given))
        });
        let own = given.map(|(field, given)| (field.to_owned(), field, given));
        for (at, field, _) in own.into_iter().chain(choices).filter(|it| it.2) {
            self.findings
                .error_at_key(&format!("{path}/{at}"), Problem::FrameField { field });
        }
    }
}
