/* Sojourn. ES5 only, enhancement only: every page works without it. */
(function () {
  'use strict';
  var doc = document, root = doc.documentElement;
  if (!doc.querySelectorAll || !root.addEventListener) { return; }
  function all(sel, from) { return Array.prototype.slice.call((from || doc).querySelectorAll(sel)); }
  function up(node, attr) {
    while (node && node !== doc) {
      if (node.getAttribute && node.getAttribute(attr) !== null) { return node; }
      node = node.parentNode;
    }
    return null;
  }
  function text(node, s) { while (node.firstChild) { node.removeChild(node.firstChild); } node.appendChild(doc.createTextNode(s)); }
  function show(node) { node.removeAttribute('hidden'); }

  /* Small screens: the Menu link opens the navigation in place. */
  all('[data-menu]').forEach(function (a) {
    var nav = doc.getElementById('menu');
    if (!nav) { return; }
    a.setAttribute('role', 'button');
    a.setAttribute('aria-expanded', 'false');
    a.setAttribute('aria-controls', 'menu');
    function toggle(ev) {
      var open = nav.className.indexOf(' open') < 0;
      ev.preventDefault();
      nav.className = open ? nav.className + ' open' : nav.className.replace(' open', '');
      a.setAttribute('aria-expanded', String(open));
    }
    a.addEventListener('click', toggle);
    a.addEventListener('keydown', function (ev) { if (ev.key === ' ' || ev.key === 'Spacebar') { toggle(ev); } });
  });

  /* Pop-up menus close on Escape, on a click elsewhere and when the focus moves on. */
  function closePops(except) {
    all('details.pop[open]').forEach(function (d) { if (d !== except) { d.removeAttribute('open'); } });
  }
  function popOf(n) {
    while (n && n !== doc && !(n.className && /(^| )pop( |$)/.test(n.className))) { n = n.parentNode; }
    return n;
  }
  doc.addEventListener('click', function (ev) { closePops(popOf(ev.target)); });
  doc.addEventListener('focus', function (ev) { if (ev.target !== doc) { closePops(popOf(ev.target)); } }, true);
  doc.addEventListener('keydown', function (ev) {
    var d = doc.querySelector('details.pop[open]');
    if (d && (ev.key === 'Escape' || ev.key === 'Esc')) { closePops(); d.querySelector('summary').focus(); }
  });

  /* Several rows at once: count, select all. */
  all('[data-bulk]').forEach(function (form) {
    var every = form.querySelector('[data-all]'), out = form.querySelector('[data-count]');
    function boxes() { return all('.pick input', form).filter(function (b) { return b !== every && !b.disabled; }); }
    function count() {
      var on = boxes().filter(function (b) { return b.checked; }).length;
      if (out) { text(out, on ? out.getAttribute('data-count').replace('#', on) : out.getAttribute('data-none')); }
      if (every) { every.checked = on > 0 && on === boxes().length; every.indeterminate = on > 0 && on < boxes().length; }
    }
    form.addEventListener('change', function (ev) {
      if (ev.target === every) { boxes().forEach(function (b) { b.checked = every.checked; }); }
      count();
    });
    count();
  });

  /* Print and show password: hidden in the HTML, shown here because only script can do them. */
  all('[data-js]').forEach(show);
  doc.addEventListener('click', function (ev) {
    var b = up(ev.target, 'data-show'), input, plain;
    if (up(ev.target, 'data-print')) { window.print(); }
    if (b) {
      input = (popDialog() || doc).querySelector('[id="' + b.getAttribute('data-show') + '"]');
      plain = input.type === 'password';
      input.type = plain ? 'text' : 'password';
      b.setAttribute('aria-pressed', String(plain));
    }
  });
  function popDialog() { return doc.querySelector('dialog[open]'); }

  /* A confirmation page as a dialog. Anything unexpected, such as being asked to
     sign in or to type the password first, falls back to the page itself. */
  var busy = false;
  function lift(a, html) {
    var page = new DOMParser().parseFromString(html, 'text/html'), body = page.querySelector('[data-confirm-body]');
    var dlg = doc.createElement('dialog'), head = doc.createElement('h2'), h1 = body && body.querySelector('h1'), cancel;
    if (!h1) { throw new Error('no confirmation'); }
    body = doc.importNode(body, true);
    h1 = body.querySelector('h1');
    while (h1.firstChild) { head.appendChild(h1.firstChild); }
    head.id = 'dlg-h';
    head.className = 'serif big';
    h1.parentNode.replaceChild(head, h1);
    dlg.className = 'dlg';
    dlg.setAttribute('aria-labelledby', 'dlg-h');
    dlg.appendChild(body);
    all('[data-js]', dlg).forEach(show);
    all('[data-cancel]', dlg).forEach(function (c) {
      cancel = c;
      c.addEventListener('click', function (e) { e.preventDefault(); dlg.close(); });
    });
    dlg.addEventListener('close', function () { doc.body.removeChild(dlg); a.focus(); });
    doc.body.appendChild(dlg);
    dlg.showModal();
    if (cancel) { cancel.focus({ preventScroll: true }); }
    dlg.scrollTop = 0;
  }
  if (typeof window.HTMLDialogElement === 'function' && typeof window.fetch === 'function' && /^http/.test(location.protocol)) {
    doc.addEventListener('click', function (ev) {
      var a = up(ev.target, 'data-confirm');
      if (!a || ev.button || ev.ctrlKey || ev.metaKey || ev.shiftKey || ev.altKey) { return; }
      if (!window.matchMedia('(min-width: 48em) and (min-height: 40em)').matches) { return; }
      ev.preventDefault();
      if (busy) { return; }
      busy = true;
      window.fetch(a.href, { credentials: 'same-origin' }).then(function (r) {
        if (!r.ok || r.redirected) { throw new Error(String(r.status)); }
        return r.text();
      }).then(function (html) { lift(a, html); busy = false; })['catch'](function () { busy = false; location.href = a.href; });
    });
  }

  /* Before one is signed out for standing still: a warning, and a button to stay.
     The end is kept for all tabs, so that using one keeps the others: the admin
     centre keeps that of the session beside its own. */
  var stay = doc.querySelector('[data-left]'), place = stay && stay.parentNode, until = 0, shown = '', before;
  function word(name) { return stay.getAttribute('data-' + name); }
  function lasts(seconds) { /* 0: it is over */
    until = seconds && new Date().getTime() + seconds * 1000;
    try { localStorage.setItem(word('ask'), until); } catch (e) { /* storage is off */ }
    tick();
  }
  function tick() {
    var left, home = popDialog() || place, state;
    try { until = Math.max(until, +localStorage.getItem(word('ask'))); } catch (e) { /* storage is off */ }
    left = until - new Date().getTime();
    state = left <= 0 ? 'over' : left <= 300000 ? 'soon' : '';
    if (!home.contains(stay)) { home.appendChild(stay); }
    if (state !== shown) { warn(state); }
  }
  function warn(state) {
    var p = doc.createElement('p'), act;
    shown = state;
    text(stay, '');
    if (!state) { stay.setAttribute('hidden', ''); return; }
    show(stay);
    text(p, word(state) + ' ');
    if (state === 'over' || word('stay')) {
      act = doc.createElement(state === 'over' ? 'a' : 'button');
      act.className = 'btn btn-s';
      text(act, word(state === 'over' ? 'again' : 'stay'));
      if (state === 'over') {
        act.href = word('back');
        act.target = '_blank';
      } else {
        before = doc.activeElement;
        act.type = 'button';
        act.addEventListener('click', ask);
      }
      p.appendChild(act);
    }
    setTimeout(function () { if (shown === state) { stay.appendChild(p); } }, 50); /* into what is shown already: then it is read out */
  }
  function ask() {
    var x = new XMLHttpRequest();
    x.open('GET', word('ask'));
    x.onload = function () {
      if (x.status !== 200) { return; }
      lasts(+x.responseText || 0); /* a page instead of a number: the sign-in */
      if (until) { before.focus(); }
    };
    x.send();
  }
  if (stay) {
    if (word('also')) {
      try { localStorage.setItem('/stay', new Date().getTime() + word('also') * 1000); } catch (e) { /* storage is off */ }
    }
    lasts(+word('left'));
    setInterval(tick, 5000);
  }

  /* Passkeys: a form with data-key gets its question, has the browser ask a passkey
     and is sent with the answer. Refused a question, it is sent without, to be told why. */
  var keys = window.PublicKeyCredential, stays = doc.getElementById('stay'), asked;
  function key(form, auto) {
    var mine = new AbortController(), q;
    if (asked) { asked.abort(); }
    asked = mine;
    fetch(form.getAttribute('data-key'), { method: 'POST', body: new URLSearchParams(new FormData(form)) }).then(function (r) {
      if (r.ok && !r.redirected) { return r.json(); }
      if (!auto) { asked = 0; form.submit(); }
      throw r;
    }).then(function (o) {
      q = o;
      if (o.publicKey.user) { return navigator.credentials.create({ publicKey: keys.parseCreationOptionsFromJSON(o.publicKey), signal: mine.signal }); }
      return navigator.credentials.get({ publicKey: keys.parseRequestOptionsFromJSON(o.publicKey), signal: mine.signal, mediation: auto });
    }).then(function (made) {
      form.code.value = q.ceremony + '.' + JSON.stringify(made);
      if (stays && stays.checked) { stays.type = 'hidden'; form.appendChild(stays); }
      form.submit();
    })['catch'](function () { if (!auto && asked === mine) { show(form.querySelector('[data-failed]')); } });
  }
  if (keys && keys.parseCreationOptionsFromJSON) {
    all('[data-nokey]').forEach(function (n) { n.setAttribute('hidden', ''); });
    all('[data-key]').forEach(function (form) {
      var last;
      function offer() { /* anew before the question is too old */
        if (asked === last) { key(form, 'conditional'); last = asked; setTimeout(offer, 240000); }
      }
      show(form);
      form.addEventListener('submit', function (ev) { ev.preventDefault(); key(form); });
      if (keys.isConditionalMediationAvailable && form.getAttribute('data-auto') !== null) {
        keys.isConditionalMediationAvailable().then(function (yes) { if (yes) { offer(); } });
      }
    });
  }

  /* After an error the summary takes focus, after an act its message. */
  var said = doc.querySelector('[data-focus]');
  if (said) { said.focus(); }
})();
