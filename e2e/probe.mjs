// scratch
import { launch, openContext } from './browser.mjs';
import { build, startDemo } from './portal.mjs';
build();
const demo = await startDemo(); const b = await launch(); const problems=[];
const c = await openContext(b, {width:320,height:700}, problems); const page = await c.newPage();
async function probe(at, spaced){
  await page.goto(demo.address+at);
  console.log(at, JSON.stringify(await page.evaluate((spaced) => {
    if (spaced){const sheet = new CSSStyleSheet();
    sheet.replaceSync('*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}p{margin-bottom:2em!important}');
    document.adoptedStyleSheets = [sheet];}
    const W=document.documentElement.clientWidth;
    return [document.documentElement.scrollWidth, ...[...document.body.querySelectorAll('*')].filter(e=>{const r=e.getBoundingClientRect();return e.checkVisibility()&&r.width>1&&(r.right>W||r.left<0)&&!e.closest('.vh')}).map(e=>e.tagName+'.'+e.className+' '+Math.round(e.getBoundingClientRect().left)+'..'+Math.round(e.getBoundingClientRect().right)+' '+e.textContent.slice(0,50))];
  }, spaced),null,1));
}
await probe('/preview/6', true);
await probe('/preview/3?lng=ar-XB', false);
await page.screenshot({path:'/tmp/p3.png', fullPage:true});
await b.close(); await demo.stop(); process.exit(0);
