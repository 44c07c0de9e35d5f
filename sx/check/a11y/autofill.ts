// The kinds of field that the attribute autocomplete knows, from the HTML standard.

/** What may stand last in the attribute. */
export const fieldKinds: ReadonlySet<string> = new Set(
  `name honorific-prefix given-name additional-name family-name honorific-suffix nickname username new-password
  current-password one-time-code organization-title organization street-address address-line1 address-line2
  address-line3 address-level4 address-level3 address-level2 address-level1 country country-name postal-code cc-name
  cc-given-name cc-additional-name cc-family-name cc-number cc-exp cc-exp-month cc-exp-year cc-csc cc-type
  transaction-currency transaction-amount language bday bday-day bday-month bday-year sex url photo tel
  tel-country-code tel-national tel-area-code tel-local tel-local-prefix tel-local-suffix tel-extension email impp`
    .trim()
    .split(/\s+/),
);

/** Every word that may stand in the attribute. */
export const autofillWords: readonly string[] = [
  ..."on off shipping billing home work mobile fax pager webauthn".split(" "),
  ...fieldKinds,
];
