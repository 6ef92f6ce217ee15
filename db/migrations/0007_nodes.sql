-- The nodes of a cluster: who there is, where, and who is about to go; and whose a conversation is while its lease lives.
ALTER TABLE "roomdesk"."nodes" ADD COLUMN "draining" boolean DEFAULT false NOT NULL;--> statement-breakpoint
-- A node's sign of life, by the database's clock; answers with all that live. Those dead for a day are forgotten on the way.
CREATE FUNCTION roomdesk.announce_node(p_id text, p_address text, p_draining boolean, p_lease_ms integer)
RETURNS TABLE (id text, address text, draining boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = roomdesk, pg_temp AS $$
#variable_conflict use_column
BEGIN
  INSERT INTO roomdesk.nodes AS n (id, address, draining, lease_until)
  VALUES (p_id, p_address, p_draining, clock_timestamp() + p_lease_ms * interval '1 millisecond')
  ON CONFLICT (id) DO UPDATE SET address = excluded.address, draining = excluded.draining, lease_until = excluded.lease_until;
  DELETE FROM roomdesk.nodes n WHERE n.id IN (
    SELECT d.id FROM roomdesk.nodes d WHERE d.lease_until < clock_timestamp() - interval '1 day' FOR UPDATE SKIP LOCKED);
  RETURN QUERY SELECT n.id, n.address, n.draining FROM roomdesk.nodes n WHERE n.lease_until > clock_timestamp();
END
$$;--> statement-breakpoint
CREATE FUNCTION roomdesk.live_nodes() RETURNS TABLE (id text, address text, draining boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = roomdesk, pg_temp AS $$
  SELECT n.id, n.address, n.draining FROM roomdesk.nodes n WHERE n.lease_until > clock_timestamp()
$$;--> statement-breakpoint
CREATE FUNCTION roomdesk.forget_node(p_id text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = roomdesk, pg_temp AS $$
  DELETE FROM roomdesk.nodes WHERE id = p_id
$$;--> statement-breakpoint
-- The node that claimed a conversation and has not given it up, while its lease lives.
CREATE FUNCTION roomdesk.owner_of(p_id uuid) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = roomdesk, pg_temp AS $$
  SELECT n.id FROM roomdesk.chat_sessions s JOIN roomdesk.nodes n ON n.id = s.owner_node
  WHERE s.id = p_id AND n.lease_until > clock_timestamp()
$$;--> statement-breakpoint
GRANT EXECUTE ON FUNCTION roomdesk.announce_node(text, text, boolean, integer), roomdesk.live_nodes(),
  roomdesk.forget_node(text), roomdesk.owner_of(uuid) TO roomdesk_app;
