// arguments: HTML to be parsed instead of the page that is open; whether its author may lead elsewhere.
const [html, links] = arguments;
const page = html === null ? document : new DOMParser().parseFromString(html, "text/html");
const ELEMENTS = new Set(`html head meta title link body header footer nav main section article aside a ul ol li h1 h2 h3 h4 p span div
  strong em code br blockquote small abbr time form fieldset legend label input textarea select option optgroup
  button output progress details summary table caption colgroup col thead tbody tfoot tr th td dl dt dd figure
  figcaption pre meter datalist svg g rect line path circle polyline text tspan desc script leptos-island`.split(/\s+/));
const ADDRESSES = ["href", "src", "action", "formaction", "xlink:href", "data", "poster", "background", "cite", "ping"];
const strays = [];
for (const it of page.querySelectorAll("*")) {
  const name = it.localName;
  // The only picture of ours: the address of a wave as a square.
  const square = name === "img" && /^\/studio\/s\/[^/]+\/waves\/[^/]+\/qr\.svg$/.test(it.getAttribute("src"));
  if (!ELEMENTS.has(name) && !square) strays.push(`<${name}>`);
  for (const { name: key, value } of it.attributes) {
    if (key.startsWith("on") || ["style", "srcdoc", "http-equiv", "srcset", "is"].includes(key)) {
      strays.push(`<${name} ${key}=${JSON.stringify(value)}>`);
    }
    if (!ADDRESSES.includes(key)) continue;
    const to = URL.canParse(value, location.href) ? new URL(value, location.href) : null;
    const ours = to !== null && to.origin === location.origin;
    const icon = name === "link" && it.rel === "icon";
    const led = links && name === "a" && to !== null && ["http:", "https:", "mailto:", "tel:"].includes(to.protocol);
    if (!ours && !icon && !led) strays.push(`<${name} ${key}=${JSON.stringify(value)}>`);
  }
}
const scripts = page.querySelectorAll("script").length;
if (scripts > 1) strays.push(`${scripts} scripts`);
return strays.slice(0, 10);
