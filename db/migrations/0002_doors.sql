-- Doors: what must be asked before it is known which organisation somebody belongs to. Each answers with ids only; the
-- rows themselves are then read behind the walls. Their names and arguments are data for an allow-list in the tests.
CREATE FUNCTION roomdesk.find_inbox(p_key text) RETURNS TABLE (org_id uuid, inbox_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = roomdesk, pg_temp AS $$
  SELECT i.org_id, i.id FROM roomdesk.inboxes i WHERE i.public_key = p_key
$$;--> statement-breakpoint
CREATE FUNCTION roomdesk.find_user_by_email(p_email_index bytea) RETURNS TABLE (org_id uuid, user_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = roomdesk, pg_temp AS $$
  SELECT u.org_id, u.id FROM roomdesk.users u WHERE u.email_index = p_email_index AND u.disabled_at IS NULL
$$;--> statement-breakpoint
CREATE FUNCTION roomdesk.find_user(p_id uuid) RETURNS TABLE (org_id uuid, user_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = roomdesk, pg_temp AS $$
  SELECT u.org_id, u.id FROM roomdesk.users u WHERE u.id = p_id
$$;--> statement-breakpoint
CREATE FUNCTION roomdesk.find_session(p_id text) RETURNS TABLE (org_id uuid, user_id uuid, customer_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = roomdesk, pg_temp AS $$
  SELECT s.org_id, s.user_id, s.customer_id FROM roomdesk.sessions s
  WHERE s.id = p_id AND s.ended_at IS NULL AND s.expires_at > now()
    AND NOT EXISTS (SELECT 1 FROM roomdesk.users u WHERE u.id = s.user_id AND u.disabled_at IS NOT NULL)
$$;--> statement-breakpoint
-- Which of these have ended, run out, or never were.
CREATE FUNCTION roomdesk.ended_sessions(p_ids text[]) RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = roomdesk, pg_temp AS $$
  SELECT asked FROM unnest(p_ids) asked
    LEFT JOIN roomdesk.sessions s ON s.id = asked LEFT JOIN roomdesk.users u ON u.id = s.user_id
  WHERE s.id IS NULL OR s.ended_at IS NOT NULL OR s.expires_at <= now() OR u.disabled_at IS NOT NULL
$$;--> statement-breakpoint
CREATE FUNCTION roomdesk.find_conversation(p_id uuid)
RETURNS TABLE (org_id uuid, inbox_id uuid, customer_id uuid, customer_author uuid, dek_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = roomdesk, pg_temp AS $$
  SELECT s.org_id, s.inbox_id, s.customer_id, s.customer_author, s.dek_id FROM roomdesk.chat_sessions s WHERE s.id = p_id
$$;--> statement-breakpoint
-- A key and those that wrap it, itself first. Worthless without the master key.
CREATE FUNCTION roomdesk.key_chain(p_id uuid)
RETURNS TABLE (id uuid, org_id uuid, kind text, subject_id uuid, parent_id uuid, kek text, wrapped bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = roomdesk, pg_temp AS $$
  WITH RECURSIVE chain AS (
    SELECT k.*, 0 AS depth FROM roomdesk.keys k WHERE k.id = p_id
    UNION ALL
    SELECT k.*, c.depth + 1 FROM chain c JOIN roomdesk.keys k ON k.id = c.parent_id WHERE c.depth < 3
  )
  SELECT c.id, c.org_id, c.kind, c.subject_id, c.parent_id, c.kek, c.wrapped FROM chain c ORDER BY c.depth
$$;--> statement-breakpoint
-- Whether this master key is the one the database was set up with; the first one asked about becomes it.
CREATE FUNCTION roomdesk.check_master_key(p_id text, p_check_value bytea) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = roomdesk, pg_temp AS $$
BEGIN
  LOCK TABLE roomdesk.master_keys IN SHARE ROW EXCLUSIVE MODE;
  INSERT INTO roomdesk.master_keys (id, check_value)
    SELECT p_id, p_check_value WHERE NOT EXISTS (SELECT 1 FROM roomdesk.master_keys);
  RETURN EXISTS (SELECT 1 FROM roomdesk.master_keys m WHERE m.id = p_id AND m.check_value = p_check_value);
END
$$;--> statement-breakpoint
CREATE FUNCTION roomdesk.setup_done() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = roomdesk, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM roomdesk.users u WHERE u.role = 'admin')
$$;--> statement-breakpoint
-- Held until the transaction ends: of two first starts at once, the second sees that it is done.
CREATE FUNCTION roomdesk.begin_setup() RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = roomdesk, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(7201, 1);
  RETURN NOT EXISTS (SELECT 1 FROM roomdesk.users u WHERE u.role = 'admin');
END
$$;--> statement-breakpoint
-- Keeps the hash of a first start's one-time link: each node prints its own, and any node takes it.
CREATE FUNCTION roomdesk.offer_setup(p_hash text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = roomdesk, pg_temp AS $$
  INSERT INTO roomdesk.setup_tokens (id) VALUES (p_hash)
$$;--> statement-breakpoint
CREATE FUNCTION roomdesk.use_setup(p_hash text) RETURNS boolean
LANGUAGE sql SECURITY DEFINER SET search_path = roomdesk, pg_temp AS $$
  WITH used AS (UPDATE roomdesk.setup_tokens SET used_at = now() WHERE id = p_hash AND used_at IS NULL RETURNING 1)
  SELECT EXISTS (SELECT 1 FROM used)
$$;--> statement-breakpoint
-- A node's sign of life, by the database's clock.
CREATE FUNCTION roomdesk.renew_node(p_id text, p_address text, p_lease_ms integer) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = roomdesk, pg_temp AS $$
  INSERT INTO roomdesk.nodes (id, address, lease_until)
  VALUES (p_id, p_address, clock_timestamp() + p_lease_ms * interval '1 millisecond')
  ON CONFLICT (id) DO UPDATE SET address = excluded.address, lease_until = excluded.lease_until
$$;--> statement-breakpoint
GRANT EXECUTE ON FUNCTION roomdesk.find_inbox(text), roomdesk.find_user_by_email(bytea), roomdesk.find_user(uuid),
  roomdesk.find_session(text), roomdesk.ended_sessions(text[]), roomdesk.find_conversation(uuid), roomdesk.key_chain(uuid),
  roomdesk.check_master_key(text, bytea), roomdesk.setup_done(), roomdesk.begin_setup(), roomdesk.offer_setup(text),
  roomdesk.use_setup(text), roomdesk.renew_node(text, text, integer) TO roomdesk_app;
