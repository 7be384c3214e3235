// What can be written at a place of the text: keys and values by the published schema, names by the document.

import schema from "../../../schemas/questionnaire.schema.json";

// Where a condition stands, and what it may say besides names.
const CONDITIONS = new Set(["filter", "when", "require", "value"]);
const FUNCTIONS = ["answered", "missing_reason", "count", "at_least", "any", "all", "sum", "min", "max"];
const WORDS = ["and", "or", "not", "in", "has", "true", "false"];
const ITEMS = new Set(["item", "over", "items"]);

/** Everything that a schema may be. */
function unfold(it, seen = new Set()) {
    if (!it || typeof it !== "object" || seen.has(it)) return [];
    seen.add(it);
    const inside = [...(it.anyOf ?? []), ...(it.oneOf ?? []), ...(it.allOf ?? [])];
    if (it.$ref) {
        const parts = it.$ref.replace(/^#\//, "").split("/");
        inside.push(parts.reduce((at, part) => at?.[part], schema));
    }
    return [it, ...inside.flatMap((it) => unfold(it, seen))];
}

/** What may stand under these keys; lists go without saying. */
function under(path) {
    let here = [schema];
    for (const key of path) {
        const all = listed(here.flatMap((it) => unfold(it)));
        here = all.map((it) => it.properties?.[key] ?? (typeof it.additionalProperties === "object" ? it.additionalProperties : null));
        here = here.filter(Boolean);
    }
    return here.flatMap((it) => unfold(it));
}

/** The same, and what stands in their lists. */
function listed(all) {
    const inside = all.filter((it) => it.items).flatMap((it) => unfold(it.items));
    return inside.length ? [...all, ...listed(inside)] : all;
}

const KEY = /([\w-]+)\s*:\s*$/;

/** Which keys lead to a place, whether a key or a value is written there, and what is begun of it. */
export function placeAt(lines, row, column) {
    const before = lines[row].slice(0, column);
    const inside = braces(before);
    if (inside) {
        const last = inside.text.slice(inside.text.lastIndexOf(",") + 1);
        const outer = outside(lines, row, inside.before);
        const [, key] = /^\s*([\w-]+)\s*:/.exec(last) ?? [];
        if (!key || inside.open === "[") return { path: outer, key: null, word: /[\w-]*$/.exec(last)[0] };
        return { path: outer, key, word: last.slice(last.indexOf(":") + 1).trimStart() };
    }
    const [, dashes, key, value] = /^(\s*(?:-\s+)*)(?:([\w-]+)\s*:\s)?(.*)$/.exec(before);
    const path = parents(lines, row, dashes.length);
    return key ? { path, key, word: value } : { path, key: null, word: value };
}

/** The innermost bracket that is open before the cursor, quotes left out. */
function braces(text) {
    const open = [];
    let quote = null;
    for (let at = 0; at < text.length; at++) {
        const it = text[at];
        if (quote) {
            if (it === quote) quote = null;
        } else if ((it === "'" || it === '"') && /[\s[{,:]/.test(text[at - 1] ?? " ")) quote = it;
        else if (it === "{" || it === "[") open.push(at);
        else if (it === "}" || it === "]") open.pop();
    }
    if (!open.length) return null;
    const at = open.at(-1);
    return { open: text[at], before: text.slice(0, at), text: text.slice(at + 1) };
}

/** The keys around a bracket. */
function outside(lines, row, before) {
    const inner = braces(before);
    const own = KEY.exec(before)?.[1];
    const path = inner
        ? outside(lines, row, inner.before)
        : parents(lines, row, /^\s*(?:-\s+)*/.exec(before)[0].length);
    return own ? [...path, own] : path;
}

/** The keys above a line, by their columns. */
function parents(lines, row, column) {
    const path = [];
    for (let at = row; at >= 0 && column > 0; at--) {
        const line = at === row ? "" : lines[at];
        const [, dashes, key] = /^(\s*(?:-\s+)*)([\w-]+)\s*:/.exec(line) ?? [];
        if (key === undefined || dashes.length >= column) continue;
        path.unshift(key);
        column = dashes.length;
        // What begins an entry of a list stands under the key of the list.
        if (dashes.includes("-")) column = dashes.search(/-/) + 1;
        if (column === 0) break;
    }
    return path;
}

const options = (labels, type) => labels.map((label) => ({ label, type }));

/** What a value may be. */
function values(path, key, names) {
    if (CONDITIONS.has(key)) return null;
    const all = under([...path, key]);
    const codes = all.flatMap((it) => it.enum ?? (it.const === undefined ? [] : [it.const]));
    const flags = all.some((it) => [it.type].flat().includes("boolean")) ? ["true", "false"] : [];
    const known = options([...codes.filter((it) => typeof it === "string"), ...flags], "enum");
    if (key === "list") return [...known, ...options(names.lists, "variable")];
    if (ITEMS.has(key)) return [...known, ...items(names)];
    return known;
}

const items = (names) => names.items.map(([label]) => ({ label, type: "variable" }));

/** What a condition may go on with: codes after a comparison, names and functions else. */
function condition(text, names) {
    const [, name] = /([\w]+)\s*(?:=|!=|<>|has|in\s*\(?)\s*(?:'[\w-]*'\s*,\s*)*'?[\w-]*$/.exec(text) ?? [];
    const codes = names.items.find(([id]) => id === name)?.[1] ?? [];
    if (codes.length) return codes.map((it) => ({ label: `'${it}'`, type: "constant" }));
    const functions = FUNCTIONS.map((it) => ({ label: it, apply: `${it}(`, type: "function" }));
    return [...items(names), ...functions, ...options(WORDS, "keyword")];
}

/** A source of completions. */
export function offers(context, names) {
    const { doc } = context.state;
    const line = doc.lineAt(context.pos);
    const lines = [];
    for (let at = 1; at <= line.number; at++) lines.push(doc.line(at).text);
    const { path, key, word } = placeAt(lines, line.number - 1, context.pos - line.from);
    const begun = CONDITIONS.has(key) ? /'?[\w-]*$/.exec(word)[0] : /[\w-]*$/.exec(word)[0];
    if (!begun && !context.explicit) return null;
    const from = context.pos - begun.length;
    const found =
        key === null
            ? keys(path)
            : CONDITIONS.has(key)
              ? condition(word, names)
              : values(path, key, names);
    return found?.length ? { from, options: found, validFor: /^'?[\w-]*$/ } : null;
}

/** Keys that may stand here. */
function keys(path) {
    const all = listed(under(path));
    const seen = new Map();
    for (const it of all) for (const [label, own] of Object.entries(it.properties ?? {})) seen.set(label, own);
    return [...seen.keys()].map((label) => ({ label, apply: `${label}: `, type: "property" }));
}
