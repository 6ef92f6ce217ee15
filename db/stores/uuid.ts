const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Ids come from addresses people type: what is no id belongs to nothing, and PostgreSQL need not be asked. */
export const isUuid = (id: string): boolean => uuid.test(id);
