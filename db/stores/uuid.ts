const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Ids come from addresses people type: what is no id belongs to nothing, and PostgreSQL need not be asked. It would take
 * other spellings for the same id; what is told apart by the text of an id, as rooms are, would not.
 */
export const isUuid = (id: string): boolean => uuid.test(id);
