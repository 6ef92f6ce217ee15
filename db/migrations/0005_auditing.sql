-- The audit log: a chain of hashes per organisation, written by one function and changed by nobody.
CREATE FUNCTION roomdesk.refuse_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = roomdesk, pg_temp AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END
$$;--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON roomdesk.audit_log
  FOR EACH STATEMENT EXECUTE FUNCTION roomdesk.refuse_change();--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON roomdesk.chat_events
  FOR EACH STATEMENT EXECUTE FUNCTION roomdesk.refuse_change();--> statement-breakpoint
-- The newest entry's number and hash, locked until the transaction ends: what the next entry is chained to.
CREATE FUNCTION roomdesk.lock_audit_head() RETURNS TABLE (n bigint, hash bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = roomdesk, pg_temp AS $$
#variable_conflict use_column
DECLARE
  v_org uuid := nullif(current_setting('app.org', true), '')::uuid;
BEGIN
  INSERT INTO roomdesk.audit_head (org_id, n, hash) VALUES (v_org, 0, ''::bytea) ON CONFLICT (org_id) DO NOTHING;
  RETURN QUERY SELECT h.n, h.hash FROM roomdesk.audit_head h WHERE h.org_id = v_org FOR UPDATE;
END
$$;--> statement-breakpoint
CREATE FUNCTION roomdesk.append_audit(
  p_n bigint, p_at bigint, p_actor uuid, p_actor_role text, p_action text, p_object_type text, p_object_id text,
  p_outcome text, p_request_id text, p_detail jsonb, p_prev_hash bytea, p_hash bytea
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = roomdesk, pg_temp AS $$
DECLARE
  v_org uuid := nullif(current_setting('app.org', true), '')::uuid;
BEGIN
  UPDATE roomdesk.audit_head h SET n = p_n, hash = p_hash
    WHERE h.org_id = v_org AND h.n = p_n - 1 AND h.hash = p_prev_hash;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the audit entry does not follow the newest one' USING ERRCODE = 'serialization_failure';
  END IF;
  INSERT INTO roomdesk.audit_log (org_id, n, at, actor_id, actor_role, action, object_type, object_id, outcome, request_id,
      detail, prev_hash, hash)
    VALUES (v_org, p_n, p_at, p_actor, p_actor_role, p_action, p_object_type, p_object_id, p_outcome, p_request_id, p_detail,
      p_prev_hash, p_hash);
END
$$;--> statement-breakpoint
GRANT EXECUTE ON FUNCTION roomdesk.lock_audit_head(),
  roomdesk.append_audit(bigint, bigint, uuid, text, text, text, text, text, text, jsonb, bytea, bytea) TO roomdesk_app;
