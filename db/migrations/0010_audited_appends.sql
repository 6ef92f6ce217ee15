-- Closing and reopening stand in the audit log too: the writer of the log writes their entries, in the same transaction.
CREATE FUNCTION roomdesk.role_of(p_user uuid) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = roomdesk, pg_temp AS $$
  SELECT u.role FROM roomdesk.users u
  WHERE u.id = p_user AND u.org_id = nullif(current_setting('app.org', true), '')::uuid
$$;--> statement-breakpoint
GRANT EXECUTE ON FUNCTION roomdesk.role_of(uuid), roomdesk.lock_audit_head(),
  roomdesk.append_audit(bigint, bigint, uuid, text, text, text, text, text, text, jsonb, bytea, bytea) TO roomdesk_log;
