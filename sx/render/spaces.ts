// Namespaces: which one an element belongs to by where it stands, and how the attributes of foreign elements
// are named there. These are a parser's rules (HTML standard, 13.2.6.5), for trees that no parser has read.

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** The addresses of the three namespaces that a page can hold. */
export const spaces = {
  html: "http://www.w3.org/1999/xhtml",
  svg: "http://www.w3.org/2000/svg",
  math: "http://www.w3.org/1998/Math/MathML",
} as const;

/** SVG elements whose children are HTML again. */
const integrationPoints: ReadonlySet<string> = new Set(words("foreignObject desc title"));

/** The namespace of an element inside another of the namespace `space`. */
export function spaceInside(parent: string, space: string, tag: string): string {
  const holdsHtml = space === spaces.html || (space === spaces.svg && integrationPoints.has(parent));
  if (!holdsHtml) return space;
  return tag === "svg" ? spaces.svg : tag === "math" ? spaces.math : spaces.html;
}

/** SVG attributes that are not written in lower case alone. */
const svgNames: ReadonlyMap<string, string> = new Map(
  words(`
    attributeName attributeType baseFrequency baseProfile calcMode clipPathUnits diffuseConstant edgeMode filterUnits
    glyphRef gradientTransform gradientUnits kernelMatrix kernelUnitLength keyPoints keySplines keyTimes lengthAdjust
    limitingConeAngle markerHeight markerUnits markerWidth maskContentUnits maskUnits numOctaves pathLength
    patternContentUnits patternTransform patternUnits pointsAtX pointsAtY pointsAtZ preserveAlpha preserveAspectRatio
    primitiveUnits refX refY repeatCount repeatDur requiredExtensions requiredFeatures specularConstant
    specularExponent spreadMethod startOffset stdDeviation stitchTiles surfaceScale systemLanguage tableValues targetX
    targetY textLength viewBox viewTarget xChannelSelector yChannelSelector zoomAndPan`).map((name) => [
    name.toLowerCase(),
    name,
  ]),
);

const attributeSpaces: ReadonlyMap<string, string> = new Map([
  ...words("actuate arcrole href role show title type").map(
    (name) => [`xlink:${name}`, "http://www.w3.org/1999/xlink"] as const,
  ),
  ...words("xml:lang xml:space").map((name) => [name, "http://www.w3.org/XML/1998/namespace"] as const),
  ...words("xmlns xmlns:xlink").map((name) => [name, "http://www.w3.org/2000/xmlns/"] as const),
]);

/** The name of an attribute of a foreign element, from its name in lower case, and the name's own namespace if any. */
export function foreignAttribute(space: string, name: string): { namespace: string | null; name: string } {
  const namespace = attributeSpaces.get(name) ?? null;
  if (namespace !== null) return { namespace, name };
  if (space === spaces.svg) return { namespace, name: svgNames.get(name) ?? name };
  return { namespace, name: name === "definitionurl" ? "definitionURL" : name };
}
