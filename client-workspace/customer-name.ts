/** What the desk calls everybody who has not said who they are. */
const anonymous = "Visitor";

/** Visitors are told apart by the end of their id: "Visitor 7F2C". Those with a name keep it. */
export function customerName({ id, name }: { readonly id: string; readonly name: string }): string {
  if (name !== "" && name !== anonymous) return name;
  const mark = id
    .replace(/[^0-9a-f]/gi, "")
    .slice(-4)
    .toUpperCase();
  return mark ? `${anonymous} ${mark}` : anonymous;
}
