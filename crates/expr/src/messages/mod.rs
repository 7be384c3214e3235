//! Diagnostics in French and English.

mod en;
mod fr;

use crate::diagnostic::Problem;
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
        Lang::Fr => fr::message(problem),
        Lang::En => en::message(problem),
    }
}

fn reasons() -> String {
    Missing::ALL.map(Missing::code).join(", ")
}
