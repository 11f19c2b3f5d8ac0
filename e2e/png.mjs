// Pictures made small: a screenshot has few colours, and a PNG with a palette of
// them is a third of its size.
import { crc32, deflateSync } from 'node:zlib';

const most = 64;

/** The PNG of a screenshot, drawn again with a palette. page is any page to decode it on. */
export async function withPalette(page, screenshot) {
  const { width, height, pixels } = await decoded(page, screenshot);
  const palette = paletteOf(pixels);
  const nearest = new Map();
  const rows = Buffer.alloc((width + 1) * height); // each row begins with 0: no filter
  for (let i = 0; i < pixels.length; i++) {
    let index = nearest.get(pixels[i]);
    if (index === undefined) nearest.set(pixels[i], index = closest(palette, pixels[i]));
    rows[Math.floor(i / width) * (width + 1) + 1 + i % width] = index;
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8); // eight bits each, of a palette
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', header), chunk('PLTE', Buffer.from(palette.flatMap(parts))),
    chunk('IDAT', deflateSync(rows, { level: 9, memLevel: 9 })), chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Its pixels as numbers 0xrrggbb. Chromium decodes it, so that nobody else has to. */
async function decoded(page, screenshot) {
  const { width, height, base64 } = await page.evaluate(async (data) => {
    const bitmap = await createImageBitmap(new Blob([Uint8Array.from(atob(data), (c) => c.charCodeAt(0))], { type: 'image/png' }));
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
    canvas.drawImage(bitmap, 0, 0);
    const { data: bytes } = canvas.getImageData(0, 0, bitmap.width, bitmap.height);
    let text = '';
    for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192));
    return { width: bitmap.width, height: bitmap.height, base64: btoa(text) };
  }, screenshot.toString('base64'));
  const bytes = Buffer.from(base64, 'base64');
  return { width, height, pixels: Array.from({ length: width * height }, (_, i) => bytes.readUIntBE(i * 4, 3)) };
}

/** All colours where they fit, else boxes of colours cut in two until there are enough (median cut). */
function paletteOf(pixels) {
  const count = new Map();
  for (const p of pixels) count.set(p, (count.get(p) ?? 0) + 1);
  // The grounds of the page stay exactly as they are.
  const exact = [...count.keys()].sort((a, b) => count.get(b) - count.get(a) || a - b).slice(0, count.size > most ? most >> 2 : most);
  const rest = [...count.keys()].filter((p) => !exact.includes(p)).sort((a, b) => a - b);
  const boxes = rest.length ? [rest] : [];
  while (boxes.length && boxes.length < most - exact.length) {
    const [at, widest] = boxes.map((box, i) => [i, spread(box)]).reduce((a, b) => (b[1].range * boxes[b[0]].length > a[1].range * boxes[a[0]].length ? b : a));
    if (boxes[at].length < 2) break;
    const sorted = boxes[at].sort((a, b) => parts(a)[widest.part] - parts(b)[widest.part] || a - b);
    boxes.splice(at, 1, sorted.slice(0, sorted.length >> 1), sorted.slice(sorted.length >> 1));
  }
  return [...exact, ...boxes.map((box) => mean(box, count))];
}

const parts = (p) => [p >> 16, (p >> 8) & 255, p & 255];

function spread(box) {
  const ranges = [0, 1, 2].map((part) => {
    let low = 255;
    let high = 0;
    for (const p of box) {
      low = Math.min(low, parts(p)[part]);
      high = Math.max(high, parts(p)[part]);
    }
    return high - low;
  });
  const range = Math.max(...ranges);
  return { range, part: ranges.indexOf(range) };
}

function mean(box, count) {
  const all = box.reduce((sum, p) => sum + count.get(p), 0);
  const [r, g, b] = [0, 1, 2].map((part) => Math.round(box.reduce((sum, p) => sum + parts(p)[part] * count.get(p), 0) / all));
  return (r << 16) | (g << 8) | b;
}

function closest(palette, p) {
  const [r, g, b] = parts(p);
  let best = 0;
  let least = Infinity;
  for (const [i, q] of palette.entries()) {
    const [qr, qg, qb] = parts(q);
    const off = (r - qr) ** 2 + (g - qg) ** 2 + (b - qb) ** 2;
    if (off < least) [best, least] = [i, off];
  }
  return best;
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
}
