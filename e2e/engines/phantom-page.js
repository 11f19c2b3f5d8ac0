// Runs inside PhantomJS: one page, driven by requests to a port of this machine.
var page = require('webpage').create(), system = require('system'), errors = [];

page.viewportSize = { width: 1280, height: 900 };
page.customHeaders = { 'Accept-Language': 'en-GB' };
page.onError = function (message) { errors.push('script error on ' + page.url + ': ' + message); };
page.onResourceRequested = function (request, network) {
  if (!/^(https?:\/\/(localhost|127\.0\.0\.1)[:\/]|data:|about:)/.test(request.url)) {
    errors.push('asked for ' + request.url);
    network.abort();
  }
};
page.onResourceReceived = function (response) {
  if (response.status >= 500) { errors.push(response.status + ' from ' + response.url); }
};

var acts = {
  errors: function () { return true; },
  visit: function (ask) { page.open(ask.url); return true; },
  evaluate: function (ask) { return page.evaluateJavaScript(ask.source); },
  click: function (ask) { page.sendEvent('click', ask.x, ask.y); return true; },
  type: function (ask) { page.sendEvent('keypress', ask.text); return true; },
  shot: function (ask) { page.render(ask.file); return true; }
};

require('webserver').create().listen(system.args[1], function (request, response) {
  var ask = JSON.parse(request.postRaw || request.post), value = acts[ask.what](ask);
  response.statusCode = 200;
  response.write(JSON.stringify({ value: value === undefined ? null : value, errors: errors.splice(0) }));
  response.close();
});
