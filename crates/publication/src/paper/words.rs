//! The words around a questionnaire's own, in French and English. Other languages get French ones, as on the
//! respondents' pages.

use expr::Lang;

use super::Standing;

/// The words of one language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words(Lang);

/// French or English.
macro_rules! said {
    ($words:expr, $fr:expr, $en:expr $(,)?) => {
        match $words.0 {
            Lang::Fr => $fr,
            Lang::En => $en,
        }
    };
}

/// A word or sentence without a gap to fill.
macro_rules! fixed {
    ($($(#[$doc:meta])* $name:ident: $fr:literal, $en:literal;)*) => {
        $(
            $(#[$doc])*
            #[must_use]
            pub const fn $name(self) -> &'static str {
                said!(self, $fr, $en)
            }
        )*
    };
}

impl Words {
    /// Those that go with texts of this language.
    #[must_use]
    pub fn of(lang: &str) -> Self {
        Self(if lang == "en" { Lang::En } else { Lang::Fr })
    }

    /// Their language.
    #[must_use]
    pub const fn lang(self) -> Lang {
        self.0
    }

    /// Its code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        said!(self, "fr", "en")
    }

    fixed! {
        /// Heading.
        how_to: "Comment remplir ce questionnaire", "How to fill in this questionnaire";
        /// How to read the boxes.
        howto_boxes: "Un rond\u{202f}: cochez une seule réponse. Un carré\u{202f}: plusieurs réponses sont possibles.",
            "A circle: tick one answer. A square: several answers are possible.";
        /// How to read the routing.
        howto_routes: "Certaines questions ne s’adressent qu’à une partie des personnes\u{202f}: l’encadré qui les précède dit à qui, et à quelle question les autres passent.",
            "Some questions are for some people only: the box before them says for whom, and at which question everybody else goes on.";
        /// How to read what may be left empty.
        howto_optional: "Une question «\u{202f}facultative\u{202f}» peut rester vide.", "An “optional” question may be left empty.";
        /// Heading.
        known: "Ce qui est déjà connu", "What is known already";
        /// What it is.
        known_note: "L’échantillon le donne\u{202f}: personne n’a à le remplir.", "The sample says it: nobody has to fill it in.";
        /// The end, as something to go to.
        the_end: "fin du questionnaire", "end of the questionnaire";
        /// The next unit of a roster, as something to go to.
        next_unit: "unité suivante", "next unit";
        /// A text, as something to read.
        this_text: "texte ci-dessous", "the text below";
        /// Before a condition.
        when: "Si", "If";
        /// Before where everybody else goes on.
        otherwise: "Sinon", "Otherwise";
        /// Of a question.
        optional: "Facultatif.", "Optional.";
        /// Of a choice that stands alone.
        alone: "seule réponse", "on its own";
        /// Beside a choice.
        specify: "Précisez", "Please specify";
        /// A missing reason.
        dont_know: "Je ne sais pas", "I don’t know";
        /// A missing reason.
        refused: "Je préfère ne pas répondre", "I would rather not answer";
        /// An answer to a consent.
        yes: "Oui", "Yes";
        /// An answer to a consent.
        no: "Non", "No";
        /// What one contact field is called.
        contact_name: "Prénom et nom", "First and last name";
        /// What one contact field is called.
        contact_email: "Adresse électronique", "Email address";
        /// What one contact field is called.
        contact_telephone: "Téléphone", "Telephone";
        /// Of contact details that are not linked.
        contact_apart: "Ces coordonnées sont gardées à part de vos réponses.", "These details are kept apart from your answers.";
        /// Under a date.
        day: "jour", "day";
        /// Under a date.
        month: "mois", "month";
        /// Under a date.
        year: "année", "year";
        /// How a ranking is filled in.
        rank: "Donnez le rang 1 à ce que vous placez en premier, puis 2, 3…", "Give rank 1 to what you put first, then 2, 3…";
        /// Before a rule between answers.
        to_check: "À vérifier", "To check";
        /// A rule that blocks.
        hard: "contrôle bloquant", "blocking check";
        /// A rule that asks.
        soft: "contrôle de vigilance", "check that asks";
        /// Before what a respondent reads.
        message: "Message", "Message";
        /// Before a condition as it is written.
        condition: "Condition", "Condition";
        /// Before an expression as it is written.
        expression: "Expression", "Expression";
        /// Of a computed value.
        computed: "Rien à remplir", "Nothing to fill in";
        /// How it is worked out.
        is: "vaut", "is";
        /// How a truth is worked out.
        is_true_if: "est vrai si", "is true if";
        /// Where letters head the columns.
        letters: "Colonnes", "Columns";
        /// Heading of the texts that depend on the answers.
        fills: "Textes qui dépendent des réponses", "Texts that depend on the answers";
        /// Where no case holds.
        in_other_cases: "Sinon", "Otherwise";
        /// Before what an answer decides.
        decides: "Cette réponse décide de", "This answer decides about";
        /// Of whom a question is asked.
        asked_of: "Posée à", "Asked of";
        /// The mark of committees.
        for_committees: "Version annotée\u{202f}: identifiants, codes et conditions", "Annotated: identifiers, codes and conditions";
        /// Before the hash of the content.
        version: "version", "version";
    }

    /// One or several numbered questions, as something to go to.
    #[must_use]
    pub fn questions(self, first: &str, last: &str) -> String {
        if first == last {
            format!("question\u{a0}{first}")
        } else {
            said!(
                self,
                format!("questions\u{a0}{first} à\u{a0}{last}"),
                format!("questions\u{a0}{first} to\u{a0}{last}")
            )
        }
    }

    /// What a text is.
    #[must_use]
    pub fn standing(self, it: Standing) -> String {
        match it {
            Standing::Working => said!(self, "Version de travail", "Working version").to_owned(),
            Standing::Published(number) => said!(
                self,
                format!("Version publiée n°\u{a0}{number}"),
                format!("Published version no.\u{a0}{number}")
            ),
        }
    }

    /// How many questions there are.
    #[must_use]
    pub fn n_questions(self, n: usize) -> String {
        let s = if n == 1 || (n == 0 && self.0 == Lang::Fr) {
            ""
        } else {
            "s"
        };
        format!("{n}\u{a0}question{s}")
    }

    /// How many answers may be ticked; what respondents' pages say.
    #[must_use]
    pub fn several(self, min: Option<u16>, max: Option<u16>) -> String {
        match (min.filter(|it| *it > 0), max) {
            (Some(min), Some(max)) if min == max => said!(
                self,
                format!("Choisissez {min} réponses."),
                format!("Select {min} answers.")
            ),
            (Some(min), Some(max)) => said!(
                self,
                format!("Plusieurs réponses possibles, de {min} à {max}."),
                format!("Select {min} to {max} answers.")
            ),
            (Some(min), None) => said!(
                self,
                format!("Plusieurs réponses possibles, au moins {min}."),
                format!("Select all that apply, at least {min}.")
            ),
            (None, Some(max)) => said!(
                self,
                format!("Plusieurs réponses possibles, au plus {max}."),
                format!("Select all that apply, at most {max}.")
            ),
            (None, None) => said!(
                self,
                "Plusieurs réponses possibles.".to_owned(),
                "Select all that apply.".to_owned()
            ),
        }
    }

    /// How many ranks may be given.
    #[must_use]
    pub fn ranks(self, min: Option<u16>, max: Option<u16>) -> Option<String> {
        let text = match (min.filter(|it| *it > 0), max) {
            (None, None) => return None,
            (Some(min), Some(max)) if min == max => {
                said!(self, format!("{min} rangs."), format!("{min} ranks."))
            }
            (Some(min), Some(max)) => said!(
                self,
                format!("De {min} à {max} rangs."),
                format!("{min} to {max} ranks.")
            ),
            (Some(min), None) => said!(
                self,
                format!("Au moins {min} rangs."),
                format!("At least {min} ranks.")
            ),
            (None, Some(max)) => said!(
                self,
                format!("Au plus {max} rangs."),
                format!("At most {max} ranks.")
            ),
        };
        Some(text)
    }

    /// Between which numbers or days an answer lies.
    #[must_use]
    pub fn between(self, min: Option<&str>, max: Option<&str>) -> Option<String> {
        let text = match (min, max) {
            (None, None) => return None,
            (Some(min), Some(max)) => {
                said!(
                    self,
                    format!("De {min} à {max}"),
                    format!("From {min} to {max}")
                )
            }
            (Some(min), None) => said!(self, format!("{min} au moins"), format!("At least {min}")),
            (None, Some(max)) => said!(self, format!("{max} au plus"), format!("At most {max}")),
        };
        Some(format!("{text}."))
    }

    /// Between which days.
    #[must_use]
    pub fn between_days(self, from: Option<&str>, to: Option<&str>) -> Option<String> {
        let text = match (from, to) {
            (None, None) => return None,
            (Some(from), Some(to)) => said!(
                self,
                format!("Du {from} au {to}."),
                format!("From {from} to {to}.")
            ),
            (Some(from), None) => {
                said!(
                    self,
                    format!("À partir du {from}."),
                    format!("From {from} on.")
                )
            }
            (None, Some(to)) => {
                said!(self, format!("Jusqu’au {to}."), format!("Until {to}."))
            }
        };
        Some(text)
    }

    /// Decimals that may be given.
    #[must_use]
    pub fn decimals(self, n: u8) -> Option<String> {
        match n {
            0 => None,
            1 => {
                Some(said!(self, "Une décimale au plus.", "One decimal place at most.").to_owned())
            }
            n => Some(said!(
                self,
                format!("{n} décimales au plus."),
                format!("{n} decimal places at most.")
            )),
        }
    }

    /// How long a text may be.
    #[must_use]
    pub fn characters(self, n: u32) -> String {
        said!(
            self,
            format!("{n} caractères au plus."),
            format!("{n} characters at most.")
        )
    }

    /// Of a roster over what was ticked before.
    #[must_use]
    pub fn for_each_chosen(self, of: &str) -> String {
        said!(
            self,
            format!(
                "À remplir pour chaque réponse cochée à {of}\u{202f}: une copie de cette partie par réponse."
            ),
            format!(
                "To be filled in for each answer ticked in {of}: one copy of this part for each."
            ),
        )
    }

    /// The name of the line that says which answer a sheet is about.
    #[must_use]
    pub fn chosen_unit(self, number: &str) -> String {
        said!(
            self,
            format!("Réponse concernée (question\u{a0}{number})"),
            format!("Answer concerned (question\u{a0}{number})")
        )
    }

    /// Of a roster whose units respondents name.
    #[must_use]
    pub fn for_each_added(self, unit: &str, min: u16, max: u16) -> String {
        let some = match (min, max) {
            (0, max) => said!(self, format!("{max} au plus"), format!("at most {max}")),
            (min, max) if min == max => format!("{min}"),
            (min, max) => said!(
                self,
                format!("de {min} à {max}"),
                format!("from {min} to {max}")
            ),
        };
        said!(
            self,
            format!(
                "À remplir pour chaque unité ({unit}\u{202f}: {some})\u{202f}; une copie de cette partie pour chacune."
            ),
            format!(
                "To be filled in for each unit ({unit}: {some}); one copy of this part for each."
            ),
        )
    }

    /// The name of the line that says which unit a sheet is about.
    #[must_use]
    pub fn added_unit(self, unit: &str) -> String {
        said!(self, format!("{unit} n°"), format!("{unit} no."))
    }

    /// Of a choice or a row that is not for everybody.
    #[must_use]
    pub fn only_if(self, condition: &str) -> String {
        said!(
            self,
            format!("seulement si {condition}"),
            format!("only if {condition}")
        )
    }

    /// Of a list that stands at the end.
    #[must_use]
    pub fn one_of_list(self, n: usize) -> String {
        said!(
            self,
            format!("Écrivez une réponse de la liste qui se trouve à la fin ({n} réponses)."),
            format!("Write one answer of the list at the end ({n} answers).")
        )
    }

    /// Of a list that nobody would print.
    #[must_use]
    pub fn one_of_unprinted(self, n: usize) -> String {
        said!(
            self,
            format!("Écrivez une réponse de la liste ({n} réponses, qui ne sont pas imprimées)."),
            format!("Write one answer of the list ({n} answers, which are not printed).")
        )
    }

    /// The heading of a list that stands at the end.
    #[must_use]
    pub fn list_of(self, number: &str, label: &str) -> String {
        said!(
            self,
            format!("Liste pour la question\u{a0}{number}\u{202f}: {label}"),
            format!("List for question\u{a0}{number}: {label}")
        )
    }

    /// Where a page number stands.
    #[must_use]
    pub fn page_of(self, page: usize, pages: usize) -> String {
        said!(
            self,
            format!("page {page} sur {pages}"),
            format!("page {page} of {pages}")
        )
    }

    /// Something, and what is said of it.
    #[must_use]
    pub fn with(self, before: &str, after: &str) -> String {
        let colon = self.colon();
        format!("{before}{colon} {after}")
    }

    /// A colon as it is written after a word.
    #[must_use]
    pub const fn colon(self) -> &'static str {
        said!(self, "\u{202f}:", ":")
    }

    /// In quotes.
    #[must_use]
    pub fn quoted(self, it: &str) -> String {
        said!(self, format!("«\u{202f}{it}\u{202f}»"), format!("“{it}”"))
    }

    /// A list with « et ».
    #[must_use]
    pub fn and(self, them: &[String]) -> String {
        let and = said!(self, "et", "and");
        match them {
            [] => String::new(),
            [one] => one.clone(),
            [rest @ .., last] => format!("{} {and} {last}", rest.join(", ")),
        }
    }
}
