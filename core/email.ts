/** One spelling per mailbox as people mean it, for looking an address up. What they wrote is kept beside it. */
export const normalEmail = (email: string): string => email.trim().toLowerCase();
