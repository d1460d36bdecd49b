/** What of SVG draws. All else goes. */

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** A title and a description are shown by no office program, but tell what the file was called. */
export const ELEMENTS = words(`
  svg g defs symbol use switch style path rect circle ellipse line polyline polygon image
  text tspan textPath tref linearGradient radialGradient stop pattern marker clipPath mask
  filter feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting
  feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR
  feGaussianBlur feImage feMerge feMergeNode feMorphology feOffset fePointLight
  feSpecularLighting feSpotLight feTile feTurbulence`);
/** Those whose text is drawn, or says how. */
export const WITH_TEXT = words('text tspan textPath style');

export const ATTRIBUTES = words(`
  id class style transform x y x1 y1 x2 y2 dx dy cx cy r rx ry fx fy fr d points width height
  viewBox preserveAspectRatio version baseProfile overflow clip clip-path clip-rule mask filter
  fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-linecap stroke-linejoin
  stroke-miterlimit stroke-dasharray stroke-dashoffset color opacity display visibility
  paint-order vector-effect shape-rendering text-rendering image-rendering color-rendering
  color-interpolation color-interpolation-filters enable-background mix-blend-mode isolation
  pathLength rotate textLength lengthAdjust method spacing side startOffset text-anchor
  dominant-baseline alignment-baseline baseline-shift writing-mode direction unicode-bidi
  glyph-orientation-vertical glyph-orientation-horizontal letter-spacing word-spacing kerning
  font font-family font-size font-size-adjust font-stretch font-style font-variant font-weight
  text-decoration white-space line-height space lang systemLanguage
  gradientUnits gradientTransform spreadMethod offset stop-color stop-opacity
  patternUnits patternContentUnits patternTransform marker marker-start marker-mid marker-end
  markerUnits markerWidth markerHeight refX refY orient clipPathUnits maskUnits maskContentUnits
  filterUnits primitiveUnits in in2 result mode type values tableValues slope intercept amplitude
  exponent operator k1 k2 k3 k4 order kernelMatrix divisor bias targetX targetY edgeMode
  kernelUnitLength preserveAlpha surfaceScale diffuseConstant scale xChannelSelector
  yChannelSelector azimuth elevation stdDeviation radius specularConstant specularExponent
  pointsAtX pointsAtY pointsAtZ limitingConeAngle z baseFrequency numOctaves seed stitchTiles
  flood-color flood-opacity lighting-color`);
