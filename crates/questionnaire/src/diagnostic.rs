//! What is wrong with a questionnaire file, with stable codes and positions.

use expr::{Lang, Severity};
use serde::Serialize;

/// A place in a file, as editors count: from 1, in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Position {
    /// Line.
    pub line: u32,
    /// Column.
    pub column: u32,
}

impl Position {
    /// The first character.
    pub const START: Self = Self { line: 1, column: 1 };
}

/// One finding about a questionnaire file.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagnostic {
    /// Whether it prevents use.
    pub severity: Severity,
    /// Where.
    pub position: Position,
    /// What.
    pub problem: Problem,
    /// What was probably meant.
    pub suggestion: Option<String>,
}

impl Diagnostic {
    pub(crate) fn error(position: Position, problem: Problem) -> Self {
        Self {
            severity: Severity::Error,
            position,
            problem,
            suggestion: None,
        }
    }

    pub(crate) fn warning(position: Position, problem: Problem) -> Self {
        Self {
            severity: Severity::Warning,
            position,
            problem,
            suggestion: None,
        }
    }

    /// The stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.problem.code()
    }

    /// What happened and what to do.
    #[must_use]
    pub fn message(&self, lang: Lang) -> String {
        self.problem.message(lang)
    }
}

macro_rules! problems {
    ($($(#[$doc:meta])* $name:ident $({ $($(#[$fdoc:meta])* $field:ident: $ty:ty),* $(,)? })? = $code:literal, $fr:literal, $en:literal;)*) => {
        /// What can be wrong with a questionnaire file.
        #[derive(Clone, Debug, PartialEq)]
        pub enum Problem {
            $($(#[$doc])* $name $({ $($(#[$fdoc])* $field: $ty),* })?,)*
            /// A condition or expression: the language's own diagnostic.
            Expression(Box<expr::Diagnostic>),
        }

        impl Problem {
            /// Every code of this crate with what it means, French and English.
            pub const CODES: &'static [(&'static str, &'static str, &'static str)] =
                &[$(($code, $fr, $en)),*];

            /// The stable code.
            #[must_use]
            pub fn code(&self) -> &'static str {
                match self {
                    $(Self::$name { .. } => $code,)*
                    Self::Expression(it) => it.code,
                }
            }

            /// What happened and what to do.
            #[must_use]
            pub fn message(&self, lang: Lang) -> String {
                match self {
                    $(Self::$name $({ $($field),* })? => match lang {
                        Lang::Fr => format!($fr $($(, $field = $field)*)?),
                        Lang::En => format!($en $($(, $field = $field)*)?),
                    },)*
                    Self::Expression(it) => it.message(lang),
                }
            }
        }
    };
}

problems! {
    /// Not YAML.
    Syntax { #[doc = "The parser's words."] detail: String } = "QN0001",
        "le fichier n’est pas du YAML ou du JSON valide : {detail}",
        "the file is not valid YAML or JSON: {detail}";
    /// A value of the wrong shape.
    Shape { #[doc = "What was expected."] detail: String } = "QN0002",
        "cette valeur n’a pas la forme attendue : {detail}",
        "this value does not have the expected form: {detail}";
    /// A field that does not exist.
    UnknownField { #[doc = "Its name."] field: String } = "QN0003",
        "le champ « {field} » n’existe pas ici ; corrigez son nom ou retirez-le",
        "there is no field `{field}` here; correct its name or remove it";
    /// A field that must be there.
    MissingField { #[doc = "Its name."] field: String } = "QN0004",
        "il manque le champ « {field} »",
        "the field `{field}` is missing";
    /// A key twice in one record.
    DuplicateKey { #[doc = "The key."] key: String } = "QN0005",
        "la clé « {key} » est écrite deux fois ; gardez-en une",
        "the key `{key}` is written twice; keep one of them";
    /// Larger than is read.
    TooLarge { #[doc = "The limit."] bytes: usize } = "QN0006",
        "le fichier est trop grand (au plus {bytes} octets, alias développés)",
        "the file is too large (at most {bytes} bytes, aliases expanded)";
    /// Nothing in the file.
    Empty = "QN0007",
        "le fichier est vide",
        "the file is empty";
    /// More than one YAML document.
    SeveralDocuments = "QN0008",
        "le fichier contient plusieurs documents ; un questionnaire en est un seul",
        "the file holds several documents; a questionnaire is one";
    /// Nested too deeply.
    TooDeep { #[doc = "The limit."] depth: usize } = "QN0009",
        "le fichier est imbriqué trop profondément (au plus {depth} niveaux)",
        "the file is nested too deeply (at most {depth} levels)";
    /// An identifier with characters it cannot have.
    BadId { #[doc = "The identifier."] id: String } = "QN0010",
        "« {id} » ne peut pas être un identifiant : lettres sans accent, chiffres et _ seulement, en commençant par une lettre (au plus 64)",
        "`{id}` cannot be an identifier: unaccented letters, digits and _ only, starting with a letter (at most 64)";
    /// An identifier given twice.
    DuplicateId { #[doc = "The identifier."] id: String, #[doc = "Line of the first."] line: u32 } = "QN0011",
        "l’identifiant « {id} » est déjà pris à la ligne {line}",
        "the identifier `{id}` is already taken on line {line}";
    /// A field that this kind of item does not take.
    FieldNotForKind { #[doc = "The field."] field: &'static str, #[doc = "The kind."] kind: &'static str } = "QN0012",
        "le champ « {field} » ne s’applique pas à une question de type {kind} ; retirez-le",
        "the field `{field}` does not apply to a {kind} item; remove it";
    /// A field that this kind of item needs.
    FieldNeeded { #[doc = "The field."] field: &'static str, #[doc = "The kind."] kind: &'static str } = "QN0013",
        "une question de type {kind} a besoin du champ « {field} »",
        "a {kind} item needs the field `{field}`";
    /// A code given twice in one list.
    DuplicateCode { #[doc = "The code."] code: String } = "QN0014",
        "le code « {code} » est donné deux fois dans cette liste",
        "the code `{code}` is given twice in this list";
    /// A list that does not exist.
    UnknownList { #[doc = "Its name."] list: String } = "QN0015",
        "il n’y a pas de liste « {list} »",
        "there is no list `{list}`";
    /// An item that does not exist.
    UnknownItem { #[doc = "Its name."] item: String } = "QN0016",
        "il n’y a pas de question « {item} »",
        "there is no item `{item}`";
    /// A code that its item does not have.
    UnknownCode { #[doc = "The code."] code: String, #[doc = "The item."] item: String } = "QN0017",
        "« {item} » n’a pas de code « {code} »",
        "`{item}` has no code `{code}`";
    /// A text without French.
    NoFrench = "QN0018",
        "ce texte n’a pas de version française (`fr`)",
        "this text has no French version (`fr`)";
    /// A text without one of the declared languages.
    NotTranslated { #[doc = "The language."] lang: String } = "QN0019",
        "ce texte n’est pas traduit en « {lang} » ; le français sera montré",
        "this text is not translated into `{lang}`; French will be shown";
    /// A word that is not one of those expected.
    UnknownWord { #[doc = "As given."] given: String, #[doc = "What could stand there."] expected: String } = "QN0020",
        "« {given} » n’est pas prévu ici ; au choix : {expected}",
        "`{given}` is not expected here; one of: {expected}";
    /// Filters or computed values in a circle.
    Cycle { #[doc = "Who takes part."] ids: String } = "QN0021",
        "ces éléments dépendent les uns des autres en boucle : {ids} ; retirez une des conditions",
        "these depend on each other in a circle: {ids}; remove one of the conditions";
    /// A least value above the greatest.
    BadBounds = "QN0022",
        "le minimum est plus grand que le maximum",
        "the minimum is greater than the maximum";
    /// Not a date.
    BadDate { #[doc = "As given."] given: String } = "QN0023",
        "« {given} » n’est pas une date ; écrivez-la 2026-03-12",
        "`{given}` is not a date; write it 2026-03-12";
    /// A fill that names nothing.
    UnknownFill { #[doc = "Its name."] name: String } = "QN0024",
        "{{{name}}} ne désigne ni une question ni un texte variable ; écrivez {{{{ pour une accolade",
        "{{{name}}} names neither an item nor a fill; write {{{{ for a brace";
    /// A list that must not be empty.
    EmptyList { #[doc = "What is empty."] field: &'static str } = "QN0025",
        "« {field} » est vide ; il en faut au moins un élément",
        "`{field}` is empty; it needs at least one";
    /// A roster inside a roster.
    NestedRoster = "QN0026",
        "un tableau répété ne peut pas en contenir un autre",
        "a roster cannot contain another";
    /// A word of the condition language used as an identifier.
    ReservedId { #[doc = "The word."] id: String } = "QN0027",
        "« {id} » est un mot du langage des conditions ; choisissez un autre identifiant",
        "`{id}` is a word of the condition language; choose another identifier";
    /// A territory's attribute of the wrong type or name.
    BadAttribute { #[doc = "The attribute."] attribute: String } = "QN0028",
        "l’attribut « {attribute} » n’est pas déclaré par la question, ou sa valeur n’est pas du type déclaré",
        "the attribute `{attribute}` is not declared by the item, or its value is not of the declared type";
    /// A roster over something that gives no units.
    BadRosterSource { #[doc = "The item."] item: String } = "QN0029",
        "« {item} » ne donne pas d’unités : un tableau répété porte sur une question à plusieurs réponses placée avant elle",
        "`{item}` gives no units: a roster is over a several-answers item placed before it";
    /// More than can be held.
    TooMany { #[doc = "What."] what: &'static str, #[doc = "The limit."] limit: usize } = "QN0030",
        "trop d’éléments dans « {what} » : au plus {limit}",
        "too many elements in `{what}`: at most {limit}";
    /// A choice of a ranking that means a missing reason.
    MissingNotAllowed = "QN0031",
        "dans un classement, un choix ne peut pas signifier une non-réponse",
        "in a ranking, a choice cannot mean a missing reason";
    /// Languages without French, or something that is no language code, or twice the same.
    BadLanguage { #[doc = "As given."] given: String } = "QN0032",
        "« {given} » n’est pas un code de langue (`fr`, `en`…), est donné deux fois, ou `fr` n’est pas parmi les langues",
        "`{given}` is not a language code (`fr`, `en`…), is given twice, or `fr` is not among the languages";
    /// A code with characters it cannot have.
    BadCode { #[doc = "The code."] code: String } = "QN0033",
        "« {code} » ne peut pas être un code : lettres sans accent, chiffres, - et _ seulement (au plus 64)",
        "`{code}` cannot be a code: unaccented letters, digits, - and _ only (at most 64)";
    /// Two fields that say the same in two ways.
    OneOf { #[doc = "The field."] field: &'static str, #[doc = "The other one."] other: &'static str } = "QN0034",
        "donnez « {field} » ou « {other} », pas les deux",
        "give `{field}` or `{other}`, not both";
    /// A fill in a text that is the same for everybody.
    FillNotHere { #[doc = "Its name."] name: String } = "QN0035",
        "{{{name}}} ne peut pas être remplacé ici : ce texte est le même pour tout le monde",
        "{{{name}}} cannot be replaced here: this text is the same for everybody";
    /// A text in a language that the questionnaire does not have.
    UndeclaredLanguage { #[doc = "The language."] lang: String } = "QN0036",
        "ce texte est écrit en « {lang} », qui n’est pas parmi les langues du questionnaire ; il ne sera pas montré",
        "this text is in `{lang}`, which is not among the questionnaire's languages; it will not be shown";
    /// A field that makes no sense where nobody is asked.
    FrameField { #[doc = "The field."] field: &'static str } = "QN0037",
        "le champ « {field} » n’a pas de sens pour une variable de la base de sondage, que personne ne remplit ; retirez-le",
        "the field `{field}` makes no sense for a variable of the sampling frame, which nobody fills in; remove it";
    /// A kind whose value no cell of a sample can be.
    FrameKind { #[doc = "The kind."] kind: &'static str } = "QN0038",
        "une variable de la base de sondage ne peut pas être de type {kind} : single, scale, territory, quantity, money, text ou date",
        "a variable of the sampling frame cannot be a {kind} item: single, scale, territory, quantity, money, text or date";
    /// A column of the sample that two variables would have, or without a name.
    FrameColumn { #[doc = "The column."] column: String } = "QN0039",
        "la colonne « {column} » est déjà celle d’une autre variable, ou n’a pas de nom",
        "the column `{column}` is another variable's already, or has no name";
    /// A column of the sample for something that is asked.
    ColumnNotHere = "QN0040",
        "« column » ne vaut que dans `frame` : cette question est posée, pas lue dans l’échantillon",
        "`column` is for `frame` only: this item is asked, not read from the sample";
    /// A figure of an item, or by one, that does not exist.
    FigureOfNothing { #[doc = "Its name."] item: String } = "QN0041",
        "un chiffre est voulu de « {item} », qui n’est pas une question : rien ne le nourrit",
        "a figure is wanted of `{item}`, which is no item: nothing feeds it";
    /// A figure of an item without a table.
    FigureWithoutTable { #[doc = "The item."] item: String, #[doc = "Its kind."] kind: &'static str } = "QN0042",
        "un chiffre est voulu de « {item} », de type {kind} : elle ne donne pas de tableau",
        "a figure is wanted of `{item}`, a {kind} item: it makes no table";
    /// A figure by an item that makes no columns.
    FigureWithoutColumns { #[doc = "The item."] item: String } = "QN0043",
        "« {item} » n’a pas de choix qui feraient les colonnes d’un chiffre",
        "`{item}` has no choices that could make the columns of a figure";
    /// A figure by an item of other units, or by itself.
    FigureOfOtherUnits { #[doc = "The item of the columns."] by: String, #[doc = "The item counted."] item: String } = "QN0044",
        "« {by} » ne peut pas répartir « {item} » : elles ne comptent pas les mêmes unités",
        "`{by}` cannot break `{item}` down: they do not count the same units";
    /// A figure by the very item it is of.
    FigureByItself { #[doc = "The item."] item: String } = "QN0045",
        "« {item} » ne se répartit pas selon elle-même",
        "`{item}` is not broken down by itself";
    /// A figure that is wanted twice.
    FigureTwice { #[doc = "The first one."] first: String } = "QN0046",
        "ce chiffre est déjà voulu : c’est « {first} »",
        "this figure is wanted already: it is `{first}`";
    /// A former name that something else has.
    FormerName { #[doc = "The name."] name: String } = "QN0047",
        "« {name} » ne peut pas être un ancien nom ici : quelque chose porte ce nom aujourd’hui, il est déclaré deux fois, ou il ne peut pas être un identifiant ; retirez-le de « was »",
        "`{name}` cannot be a former name here: something has this name now, it is declared twice, or it cannot be an identifier; take it out of `was`";
}
