-- A first start's one-time link, by its hash: any node takes it, the newest one offered is the one that works.
CREATE OR REPLACE FUNCTION roomdesk.offer_setup(p_hash text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = roomdesk, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(7201, 1); -- of two nodes that offer at once, one is the newest
  UPDATE roomdesk.setup_tokens SET used_at = now() WHERE used_at IS NULL;
  INSERT INTO roomdesk.setup_tokens (id) VALUES (p_hash);
END
$$;--> statement-breakpoint
-- Whether a link would be taken: asked before a password is hashed for somebody who has none.
CREATE FUNCTION roomdesk.setup_offered(p_hash text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = roomdesk, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM roomdesk.setup_tokens t WHERE t.id = p_hash AND t.used_at IS NULL)
$$;--> statement-breakpoint
GRANT EXECUTE ON FUNCTION roomdesk.setup_offered(text) TO roomdesk_app;
