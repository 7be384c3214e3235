//! Diagnostics in French.

use super::reasons;
use crate::diagnostic::{Kind, Problem};

pub(super) fn message(problem: &Problem) -> String {
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
            format!("Il faut ici une question, un nombre ou un texte, et non {}.", shown(found))
        }
        Problem::Expected { wanted, found } => {
            format!("Il manque « {wanted} » avant {}.", shown(found))
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
            format!("Il faut ici une condition, et c'est {}.", kind(*found))
        }
        Problem::WrongType { wanted, found } => {
            format!("Il faut ici {}, et c'est {}.", kind(*wanted), kind(*found))
        }
        Problem::CannotCompare { left, right } => {
            format!("Cela mêle {} et {}.", kind(*left), kind(*right))
        }
        Problem::NotOrdered { found } => format!(
            "« < », « <= », « > » et « >= » comparent des nombres ou des dates, et c'est {}.",
            kind(*found)
        ),
        Problem::SeveralCodes => {
            "Une question à plusieurs réponses ne se compare pas : demandez ce qu'elle contient avec « has ».".to_owned()
        }
        Problem::NotSeveral { found } => format!(
            "« has » attend une question à plusieurs réponses, et c'est {}.",
            kind(*found)
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

const fn kind(kind: Kind) -> &'static str {
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

fn shown(found: &str) -> String {
    if found.is_empty() {
        "la fin".to_owned()
    } else {
        format!("« {found} »")
    }
}
