//! Diagnostics in French and English.

use crate::diagnostic::{Kind, Problem};
use crate::lang::Lang;
use crate::value::Missing;

/// Every code with what it means in French and in English.
pub const CODES: &[(&str, &str, &str)] = &[
    (
        "EX0001",
        "La condition est trop longue.",
        "The condition is too long.",
    ),
    (
        "EX0002",
        "La condition a trop de niveaux ou de parties.",
        "The condition has too many levels or parts.",
    ),
    (
        "EX0003",
        "La condition est vide.",
        "The condition is empty.",
    ),
    (
        "EX0004",
        "Un caractère n'a pas de sens dans une condition.",
        "A character has no meaning in a condition.",
    ),
    (
        "EX0005",
        "Un texte n'est pas refermé.",
        "A text is not closed.",
    ),
    (
        "EX0006",
        "Un nombre est mal écrit.",
        "A number is not written correctly.",
    ),
    (
        "EX0007",
        "Un opérateur vient d'un autre langage.",
        "An operator belongs to another language.",
    ),
    (
        "EX0008",
        "Les guillemets ne sont pas des apostrophes droites.",
        "The quotes are not straight single quotes.",
    ),
    ("EX0009", "Il manque une valeur.", "A value is missing."),
    ("EX0010", "Il manque un signe.", "A sign is missing."),
    (
        "EX0011",
        "Deux valeurs se suivent sans opérateur.",
        "Two values follow each other without an operator.",
    ),
    (
        "EX0012",
        "Deux comparaisons sont enchaînées.",
        "Two comparisons are chained.",
    ),
    (
        "EX0013",
        "La liste de « in » est vide.",
        "The list of “in” is empty.",
    ),
    (
        "EX0014",
        "La fonction n'existe pas.",
        "The function does not exist.",
    ),
    (
        "EX0015",
        "La fonction ne s'emploie pas ainsi.",
        "The function is not used this way.",
    ),
    (
        "EX0020",
        "Le nom n'existe pas ici.",
        "The name does not exist here.",
    ),
    (
        "EX0021",
        "Le code n'est pas dans la liste.",
        "The code is not in the list.",
    ),
    (
        "EX0022",
        "Le code veut dire qu'il n'y a pas de réponse.",
        "The code means that there is no answer.",
    ),
    (
        "EX0023",
        "La raison de non-réponse n'existe pas.",
        "The missing reason does not exist.",
    ),
    (
        "EX0024",
        "« answered » n'est pas une raison de non-réponse.",
        "“answered” is not a missing reason.",
    ),
    (
        "EX0025",
        "Un code est écrit sans apostrophes.",
        "A code is written without quotes.",
    ),
    (
        "EX0026",
        "Un ensemble d'unités est employé comme une valeur.",
        "A roster is used as a value.",
    ),
    (
        "EX0027",
        "La fonction attend un ensemble d'unités.",
        "The function needs a roster.",
    ),
    (
        "EX0028",
        "L'unité n'existe pas.",
        "The unit does not exist.",
    ),
    (
        "EX0029",
        "La question est posée pour plusieurs unités.",
        "The question is asked for several units.",
    ),
    (
        "EX0030",
        "Trop de fonctions d'ensemble sont imbriquées.",
        "Too many roster functions are nested.",
    ),
    (
        "EX0040",
        "Ce n'est pas une condition.",
        "This is not a condition.",
    ),
    (
        "EX0041",
        "La valeur n'est pas du bon type.",
        "The value has the wrong type.",
    ),
    (
        "EX0042",
        "Ces deux valeurs ne se comparent pas.",
        "These two values cannot be compared.",
    ),
    (
        "EX0043",
        "Ces valeurs n'ont pas d'ordre.",
        "These values have no order.",
    ),
    (
        "EX0044",
        "Une question à plusieurs réponses ne se compare pas avec « = ».",
        "A question with several answers is not compared with “=”.",
    ),
    (
        "EX0045",
        "« has » attend une question à plusieurs réponses.",
        "“has” needs a question with several answers.",
    ),
    (
        "EX0046",
        "Ces codes viennent de deux listes différentes.",
        "These codes belong to two different lists.",
    ),
    ("EX0047", "Ce n'est pas une date.", "This is not a date."),
    (
        "EX0048",
        "« missing_reason » ne sert que dans une comparaison.",
        "“missing_reason” is only used in a comparison.",
    ),
    (
        "EX0049",
        "La fonction s'applique à une question.",
        "The function applies to a question.",
    ),
    (
        "EX0050",
        "La fonction attend un nombre entier écrit en chiffres.",
        "The function needs a whole number written in digits.",
    ),
    (
        "EX0051",
        "Il faut écrire un code.",
        "A code must be written out.",
    ),
    (
        "EX0060",
        "La liste contient deux fois la même chose.",
        "The list has the same thing twice.",
    ),
    (
        "EX0061",
        "La condition est toujours vraie.",
        "The condition is always true.",
    ),
    (
        "EX0062",
        "La condition n'est jamais vraie.",
        "The condition is never true.",
    ),
    (
        "EX0063",
        "Une division par zéro ne donne jamais de résultat.",
        "A division by zero never has a result.",
    ),
];

pub(crate) fn message(problem: &Problem, lang: Lang) -> String {
    match lang {
        Lang::Fr => french(problem),
        Lang::En => english(problem),
    }
}

const fn french_kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Condition => "une condition (vrai ou faux)",
        Kind::Number => "un nombre",
        Kind::Text => "un texte",
        Kind::Date => "une date",
        Kind::Code => "un code d'une liste",
        Kind::Codes => "plusieurs codes d'une liste",
        Kind::Reason => "une raison de non-réponse",
    }
}

const fn english_kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Condition => "a condition (true or false)",
        Kind::Number => "a number",
        Kind::Text => "a text",
        Kind::Date => "a date",
        Kind::Code => "a code of a list",
        Kind::Codes => "several codes of a list",
        Kind::Reason => "a missing reason",
    }
}

fn french_found(found: &str) -> String {
    if found.is_empty() {
        "la fin".to_owned()
    } else {
        format!("« {found} »")
    }
}

fn english_found(found: &str) -> String {
    if found.is_empty() {
        "the end".to_owned()
    } else {
        format!("“{found}”")
    }
}

fn reasons() -> String {
    Missing::ALL.map(Missing::code).join(", ")
}

fn french(problem: &Problem) -> String {
    match problem {
        Problem::TooLong { bytes } => format!(
            "La condition fait {bytes} octets, le maximum est 4096. Répartissez-la sur des variables calculées."
        ),
        Problem::TooDeep => "La condition a plus de 64 niveaux, ou trop de parties. Répartissez-la sur des variables calculées.".to_owned(),
        Problem::Empty => "La condition est vide. Écrivez par exemple : presence_cls = 'oui'.".to_owned(),
        Problem::UnexpectedCharacter { found } => {
            format!("« {found} » n'a pas de sens dans une condition : retirez-le.")
        }
        Problem::UnclosedText => {
            "Il manque l'apostrophe qui referme le texte. Une apostrophe à l'intérieur s'écrit deux fois : 'l''été'.".to_owned()
        }
        Problem::BadNumber { found } => format!(
            "« {found} » n'est pas un nombre : des chiffres, et un point avant les décimales."
        ),
        Problem::ForeignOperator { found } => format!("« {found} » ne s'écrit pas ainsi ici."),
        Problem::ForeignQuotes => "Un texte s'écrit entre apostrophes droites.".to_owned(),
        Problem::ExpectedValue { found } => {
            format!("Il faut ici une question, un nombre ou un texte, et non {}.", french_found(found))
        }
        Problem::Expected { wanted, found } => {
            format!("Il manque « {wanted} » avant {}.", french_found(found))
        }
        Problem::MissingOperator { found } => format!(
            "Il manque un opérateur avant « {found} » : une comparaison, « and », « or »."
        ),
        Problem::ChainedComparison => {
            "Deux comparaisons ne s'enchaînent pas : reliez-les par « and ».".to_owned()
        }
        Problem::EmptyList => "La liste après « in » est vide : écrivez au moins une valeur.".to_owned(),
        Problem::UnknownFunction { name } => format!("La fonction « {name} » n'existe pas."),
        Problem::WrongArguments { function } => format!(
            "« {} » ne s'emploie pas ainsi. Écrivez : {}.",
            function.name(),
            function.usage()
        ),
        Problem::UnknownName { name } => format!("« {name} » n'est le nom de rien à cet endroit."),
        Problem::UnknownCode { code, codes } => format!(
            "« {code} » n'est pas un code de cette liste. Codes possibles : {}.",
            codes.join(", ")
        ),
        Problem::MissingCode { code, reason } => format!(
            "« {code} » veut dire qu'il n'y a pas de réponse ({reason}) : il ne se compare pas, demandez la raison."
        ),
        Problem::UnknownReason { reason } => format!(
            "« {reason} » n'est pas une raison de non-réponse. Raisons possibles : {}.",
            reasons()
        ),
        Problem::AnsweredIsNoReason => {
            "« answered » n'est pas une raison de non-réponse : demandez s'il y a une réponse.".to_owned()
        }
        Problem::CodeWithoutQuotes { code } => {
            format!("« {code} » est un code : il s'écrit entre apostrophes.")
        }
        Problem::RosterAsValue { name } => format!(
            "« {name} » est un ensemble d'unités : comptez-les, ou parcourez-les avec any, all, sum, min, max."
        ),
        Problem::NotARoster { function } => format!(
            "« {} » attend d'abord un ensemble d'unités. Écrivez : {}.",
            function.name(),
            function.usage()
        ),
        Problem::UnknownUnit { roster, unit } => format!("« {roster} » n'a pas d'unité « {unit} »."),
        Problem::NeedsUnit { name } => format!(
            "« {name} » est demandé pour plusieurs unités : dites pour laquelle (ensemble[clé].question), ou employez any, all, sum, min, max."
        ),
        Problem::NestedFunctions => {
            "Pas plus de deux fonctions d'ensemble l'une dans l'autre : passez par une variable calculée.".to_owned()
        }
        Problem::NotACondition { found } => {
            format!("Il faut ici une condition, et c'est {}.", french_kind(*found))
        }
        Problem::WrongType { wanted, found } => {
            format!("Il faut ici {}, et c'est {}.", french_kind(*wanted), french_kind(*found))
        }
        Problem::CannotCompare { left, right } => {
            format!("Cela mêle {} et {}.", french_kind(*left), french_kind(*right))
        }
        Problem::NotOrdered { found } => format!(
            "« < », « <= », « > » et « >= » comparent des nombres ou des dates, et c'est {}.",
            french_kind(*found)
        ),
        Problem::SeveralCodes => {
            "Une question à plusieurs réponses ne se compare pas : demandez ce qu'elle contient avec « has ».".to_owned()
        }
        Problem::NotSeveral { found } => format!(
            "« has » attend une question à plusieurs réponses, et c'est {}.",
            french_kind(*found)
        ),
        Problem::OtherList => {
            "Ces codes viennent de deux listes différentes : ils ne se comparent pas.".to_owned()
        }
        Problem::NotADate { text } => {
            format!("« {text} » n'est pas une date : écrivez année-mois-jour, comme '2026-03-12'.")
        }
        Problem::ReasonNotCompared => format!(
            "« missing_reason » se compare avec une raison entre apostrophes : {}.",
            reasons()
        ),
        Problem::NotAQuestion { function } => format!(
            "« {} » s'applique à une question, par son nom. Écrivez : {}.",
            function.name(),
            function.usage()
        ),
        Problem::NotAWholeNumber { function } => format!(
            "« {} » attend un nombre entier écrit en chiffres. Écrivez : {}.",
            function.name(),
            function.usage()
        ),
        Problem::NotALiteral => "Il faut ici un code écrit entre apostrophes.".to_owned(),
        Problem::Repeated { text } => format!("« {text} » est deux fois dans la liste."),
        Problem::AlwaysTrue => "Cette condition est toujours vraie : retirez-la.".to_owned(),
        Problem::AlwaysFalse => {
            "Cette condition n'est jamais vraie : vérifiez combien il en faut.".to_owned()
        }
        Problem::DivisionByZero => {
            "Une division par zéro ne donne jamais de résultat.".to_owned()
        }
    }
}

fn english(problem: &Problem) -> String {
    match problem {
        Problem::TooLong { bytes } => format!(
            "The condition has {bytes} bytes, the most is 4096. Spread it over computed variables."
        ),
        Problem::TooDeep => "The condition has more than 64 levels, or too many parts. Spread it over computed variables.".to_owned(),
        Problem::Empty => "The condition is empty. Write for example: presence_cls = 'oui'.".to_owned(),
        Problem::UnexpectedCharacter { found } => {
            format!("“{found}” has no meaning in a condition: remove it.")
        }
        Problem::UnclosedText => {
            "The quote that closes the text is missing. A quote inside is written twice: 'l''été'.".to_owned()
        }
        Problem::BadNumber { found } => {
            format!("“{found}” is not a number: digits, and a point before the decimals.")
        }
        Problem::ForeignOperator { found } => format!("“{found}” is not written this way here."),
        Problem::ForeignQuotes => "A text stands between straight single quotes.".to_owned(),
        Problem::ExpectedValue { found } => {
            format!("A question, a number or a text is needed here, not {}.", english_found(found))
        }
        Problem::Expected { wanted, found } => {
            format!("“{wanted}” is missing before {}.", english_found(found))
        }
        Problem::MissingOperator { found } => {
            format!("An operator is missing before “{found}”: a comparison, “and”, “or”.")
        }
        Problem::ChainedComparison => {
            "Two comparisons cannot be chained: join them with “and”.".to_owned()
        }
        Problem::EmptyList => "The list after “in” is empty: write at least one value.".to_owned(),
        Problem::UnknownFunction { name } => format!("There is no function “{name}”."),
        Problem::WrongArguments { function } => format!(
            "“{}” is not used this way. Write: {}.",
            function.name(),
            function.usage()
        ),
        Problem::UnknownName { name } => format!("“{name}” is not the name of anything here."),
        Problem::UnknownCode { code, codes } => {
            format!("“{code}” is not a code of this list. Possible codes: {}.", codes.join(", "))
        }
        Problem::MissingCode { code, reason } => format!(
            "“{code}” means that there is no answer ({reason}): it is never compared with, ask for the reason."
        ),
        Problem::UnknownReason { reason } => {
            format!("“{reason}” is not a missing reason. Possible reasons: {}.", reasons())
        }
        Problem::AnsweredIsNoReason => {
            "“answered” is not a missing reason: ask whether there is an answer.".to_owned()
        }
        Problem::CodeWithoutQuotes { code } => {
            format!("“{code}” is a code: write it between quotes.")
        }
        Problem::RosterAsValue { name } => format!(
            "“{name}” is a roster: count its units, or go through them with any, all, sum, min, max."
        ),
        Problem::NotARoster { function } => format!(
            "“{}” needs a roster first. Write: {}.",
            function.name(),
            function.usage()
        ),
        Problem::UnknownUnit { roster, unit } => format!("“{roster}” has no unit “{unit}”."),
        Problem::NeedsUnit { name } => format!(
            "“{name}” is asked for several units: say for which one (roster[key].question), or use any, all, sum, min, max."
        ),
        Problem::NestedFunctions => {
            "No more than two roster functions inside each other: use a computed variable.".to_owned()
        }
        Problem::NotACondition { found } => {
            format!("A condition is needed here, and this is {}.", english_kind(*found))
        }
        Problem::WrongType { wanted, found } => format!(
            "This place needs {}, and this is {}.",
            english_kind(*wanted),
            english_kind(*found)
        ),
        Problem::CannotCompare { left, right } => {
            format!("This mixes {} and {}.", english_kind(*left), english_kind(*right))
        }
        Problem::NotOrdered { found } => format!(
            "“<”, “<=”, “>” and “>=” compare numbers or dates, and this is {}.",
            english_kind(*found)
        ),
        Problem::SeveralCodes => {
            "A question with several answers is not compared: ask what it contains with “has”.".to_owned()
        }
        Problem::NotSeveral { found } => format!(
            "“has” needs a question with several answers, and this is {}.",
            english_kind(*found)
        ),
        Problem::OtherList => {
            "These codes belong to two different lists: they cannot be compared.".to_owned()
        }
        Problem::NotADate { text } => {
            format!("“{text}” is not a date: write year-month-day, like '2026-03-12'.")
        }
        Problem::ReasonNotCompared => format!(
            "“missing_reason” is compared with a reason between quotes: {}.",
            reasons()
        ),
        Problem::NotAQuestion { function } => format!(
            "“{}” applies to a question, by its name. Write: {}.",
            function.name(),
            function.usage()
        ),
        Problem::NotAWholeNumber { function } => format!(
            "“{}” needs a whole number written in digits. Write: {}.",
            function.name(),
            function.usage()
        ),
        Problem::NotALiteral => "A code between quotes is needed here.".to_owned(),
        Problem::Repeated { text } => format!("“{text}” stands twice in the list."),
        Problem::AlwaysTrue => "This condition is always true: remove it.".to_owned(),
        Problem::AlwaysFalse => {
            "This condition is never true: check how many are needed.".to_owned()
        }
        Problem::DivisionByZero => "A division by zero never has a result.".to_owned(),
    }
}
