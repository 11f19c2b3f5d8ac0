// The first part of the style sheet is for every engine: nothing in it may need
// one newer than Internet Explorer 11. What is newer stands in the one @supports
// block after it, which older engines skip as a whole.

const marker = '/* Part 2: modern engines only */';

// Newer properties, values and selectors, with the year an engine of 2013 lacks them from.
const properties = [
  'gap', 'row-gap', 'column-gap', 'grid', 'inset', 'aspect-ratio', 'place-items', 'place-content', 'place-self', 'accent-color', 'color-scheme', 'scrollbar-gutter',
  'text-wrap', 'text-underline-offset', 'text-decoration-thickness', 'overflow-wrap', 'overscroll-behavior', 'object-fit', 'clip-path', 'mask', 'filter', 'backdrop-filter',
  'contain', 'container', 'content-visibility', 'scroll-padding', 'scroll-margin', 'scroll-behavior', 'translate', 'rotate', 'scale', 'touch-action', 'will-change', 'all', 'hyphens',
];
const families = /^(--|grid-|margin-(inline|block)|padding-(inline|block)|border-(inline|block|start|end)|inset-|inline-size|block-size|min-inline|max-inline|min-block|max-block|contain-|container-|scroll-(padding|margin)-|mask-|overscroll-)/;
const values = /\b(var|env|min|max|clamp|minmax|repeat|color-mix|light-dark|oklch|lab|lch|fit-content)\(|\b(grid|inline-grid|contents|flow-root|sticky|revert|unset|min-content|max-content|fit-content)\b|\b\d+(dvh|svh|lvh|lh|cqw|cqi|ch)\b/;
const selectors = /:(is|where|has|focus-visible|focus-within|not\([^)]*,|any-link|placeholder-shown|dir)\b|::marker|::backdrop|&/;
const atRules = /@(supports|layer|container|property|scope|starting-style|import|media[^{]*(prefers-|forced-colors|hover|pointer|[<>]=?))/;

/** What the baseline part of a style sheet holds that it may not. */
export function newerThanBaseline(sheet) {
  const end = sheet.indexOf(marker);
  if (end < 0) return [`the sheet has no line ${marker}`];
  const wrong = [];
  const base = sheet.slice(0, end).replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' '));
  for (const [i, line] of base.split('\n').entries()) {
    const say = (what) => wrong.push(`app.css:${i + 1}: ${what}`);
    if (atRules.test(line)) say(line.trim());
    for (const [, selector, body] of line.matchAll(/([^{}]*)\{([^{}]*)\}/g)) {
      if (selectors.test(selector)) say(`selector ${selector.trim()}`);
      for (const declaration of body.split(';').filter(Boolean)) {
        const [property, ...rest] = declaration.split(':');
        const value = rest.join(':');
        if (properties.includes(property.trim()) || families.test(property.trim())) say(`property ${declaration.trim()}`);
        if (values.test(value.replace(/"[^"]*"/g, ''))) say(`value ${declaration.trim()}`);
      }
    }
  }
  return [...wrong, ...afterwards(sheet.slice(end + marker.length))];
}

/** All of the second part stands in one @supports (--a:0). */
function afterwards(rest) {
  if (!/^\s*@supports \(--a:0\)\{/.test(rest)) return ['the second part does not begin with @supports (--a:0){'];
  let depth = 0;
  for (const [i, c] of [...rest.replace(/"[^"]*"/g, (s) => '_'.repeat(s.length))].entries()) {
    if (c === '{') depth++;
    if (c === '}' && --depth === 0) return rest.slice(i + 1).trim() ? ['something stands after the one @supports block'] : [];
  }
  return ['the @supports block is not closed'];
}
