// arguments: [address, form] pairs, an empty form being none; where to say what is wrong.
const [asked, done] = arguments;
const wrong = [];
const look = async ([address, form]) => {
  const say = what => wrong.push(`${address} (${form}): ${what}`);
  let it;
  try {
    it = await fetch(address, form === "" ? {} : { method: "POST", body: new URLSearchParams(form) });
  } catch (error) {
    return say(`led elsewhere, or is no answer: ${error}`);
  }
  if (it.status >= 500) say(it.status);
  if (it.headers.get("x-content-type-options") !== "nosniff") say("may be sniffed");
  if (!it.headers.get("content-security-policy")) say("has no policy");
  const disposition = it.headers.get("content-disposition") ?? "";
  if (!/^($|attachment; filename="[\w.-]+"$)/.test(disposition)) say(disposition);
  const kind = it.headers.get("content-type") ?? "";
  if (kind.startsWith("text/event-stream")) return it.body?.cancel();
  const text = await it.text();
  if (kind.startsWith("text/html")) for (const stray of strays(text, false)) say(stray);
  else if (text !== "" && !/^(application\/(problem\+)?json|application\/x-ndjson|text\/plain)/.test(kind)) say(kind);
};
(async () => {
  // A few at a time: browsers keep six connections to a site.
  const queue = [...asked];
  await Promise.all(Array.from({ length: 6 }, async () => {
    while (queue.length > 0) await look(queue.shift());
  }));
  done(wrong.slice(0, 20));
})();
