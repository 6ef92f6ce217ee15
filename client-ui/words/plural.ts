/** A sentence that differs by number: one text per category of Intl.PluralRules the language has. */
export type Plural = Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> & { readonly other: string };
