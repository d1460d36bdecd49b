import { chunk, png } from './images.js';
import type { Plant } from './telling-docx.js';

/** A drawing of 40 by 20, as several drawing programs together might leave it. */
export function tellingSvg(plant: Plant): Buffer {
  const photo = png([chunk('tEXt', `Author\0${plant('picture artist')}`)]).toString('base64');
  const [id, style] = [plant('id'), plant('class')];
  return Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>
<?xml-stylesheet href="file:///home/${plant('style sheet')}.css" type="text/css"?>
<!-- ${plant('comment')} -->
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"
  xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape"
  xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd"
  xmlns:own="http://${plant('namespace')}/" xml:base="file:///C:/Users/${plant('base')}/" width="40" height="20" viewBox="0 0 40 20"
  sodipodi:docname="${plant('document')}.svg" inkscape:export-filename="/home/${plant('export')}.png"
  data-name="${plant('data')}" aria-label="${plant('label')}" onload="${plant('handler')}()">
  <metadata>${plant('metadata')}</metadata>
  <title>${plant('title')}</title><desc>${plant('description')}</desc>
  <sodipodi:namedview inkscape:document-units="${plant('view')}"/>
  <script>${plant('script')}()</script>
  <style>/* ${plant('style comment')} */
    @import url("https://example.org/${plant('import')}.css");
    @font-face { font-family: F; src: url(https://example.org/${plant('font')}.woff); }
    .${style}, #${plant('unused')} { fill: #00ff00; --note: ${plant('own declaration')};
      cursor: url(https://example.org/${plant('cursor')}.cur) }
    .off { display:none; } [id="${plant('selector')}"] { fill: red }
  </style>
  <defs>
    <linearGradient id="${id}"><stop offset="0" stop-color="#ff0000"/></linearGradient>
    <g id="mark"><path d="M20 0h10v10h-10z" fill="#0000ff"/></g>
  </defs>
  <rect width="10" height="10" fill="url(#${id})" inkscape:label="${plant('layer')}"/>
  <rect x="10" width="10" height="10" class="${style}" xlink:title="${plant('link title')}"/>
  <use xlink:href="#mark"/><use href="https://example.org/${plant('other file')}.svg#x"/>
  <image x="90" href="file:///C:/Users/${plant('picture path')}.png" width="5" height="5"/>
  <rect y="15" width="5" height="5" style="fill:url(https://example.org/${plant('fill')}#a);stroke:#123456"/>
  <g style="display:none"><text>${plant('hidden layer')}</text></g>
  <g class="off"><text>${plant('hidden by class')}</text></g>
  <text opacity="0">${plant('transparent text')}</text>
  <image x="30" width="10" height="10" xlink:href="data:image/png;base64,${photo}"/>
  <a href="https://example.org/${plant('address')}"><rect y="10" width="5" height="5" fill="#ffff00"/></a>
  <foreignObject x="90" width="9" height="9"><p xmlns="http://www.w3.org/1999/xhtml">${plant('foreign')}</p></foreignObject>
  <animate attributeName="x" values="${plant('animation')}"/>
  ${plant('stray text')}
</svg>
<!-- ${plant('last comment')} -->`);
}
