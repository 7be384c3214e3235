// Runs before anything of a page does.
(() => {
  const say = console.error.bind(console);
  for (const name of ["alert", "confirm", "prompt", "print", "open"]) {
    window[name] = (...args) => say(`hostile executed ${name}(${args.map(String).join()})`);
  }
  addEventListener("securitypolicyviolation", it =>
    say(`hostile reported ${it.effectiveDirective} ${it.blockedURI} ${it.sample}`));
})();
