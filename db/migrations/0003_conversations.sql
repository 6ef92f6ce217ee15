-- What happens to a conversation besides its log: opened, owned, read, moved to another customer.

-- Gives a conversation the next number of its inbox's feed; the caller holds the conversation's row.
CREATE FUNCTION roomdesk.next_change(p_inbox uuid) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = roomdesk, pg_temp AS $$
  UPDATE roomdesk.inboxes SET feed_head = feed_head + 1 WHERE id = p_inbox RETURNING feed_head
$$;--> statement-breakpoint
-- A conversation with its key and its first event. The same key of the same customer gives the same conversation back.
-- Runs within the organisation of app.org, for the server itself.
CREATE FUNCTION roomdesk.open_conversation(
  p_id uuid, p_inbox uuid, p_customer uuid, p_author uuid, p_client uuid, p_event uuid, p_at bigint, p_page bytea,
  p_key uuid, p_kek text, p_wrapped bytea
) RETURNS TABLE (conversation_id uuid, created boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = roomdesk, pg_temp AS $$
#variable_conflict use_column
DECLARE
  v_org uuid;
  v_known uuid;
BEGIN
  IF current_setting('app.role', true) IS DISTINCT FROM 'system' THEN
    RAISE EXCEPTION 'only the server opens conversations' USING ERRCODE = 'insufficient_privilege';
  END IF;
  -- The customer's row orders two requests with one key.
  SELECT c.org_id INTO v_org FROM roomdesk.customers c
    JOIN roomdesk.inboxes i ON i.id = p_inbox AND i.org_id = c.org_id
    WHERE c.id = p_customer AND c.org_id = nullif(current_setting('app.org', true), '')::uuid
    FOR NO KEY UPDATE OF c;
  IF v_org IS NULL THEN
    RAISE EXCEPTION 'no such customer or inbox' USING ERRCODE = 'no_data_found';
  END IF;
  SELECT s.id INTO v_known FROM roomdesk.chat_sessions s WHERE s.customer_id = p_customer AND s.client_id = p_client;
  IF v_known IS NOT NULL THEN
    RETURN QUERY SELECT v_known, false;
    RETURN;
  END IF;
  INSERT INTO roomdesk.keys (id, org_id, kind, subject_id, parent_id, kek, wrapped)
    VALUES (p_key, v_org, 'conversation', p_id, p_kek::uuid, p_kek, p_wrapped);
  INSERT INTO roomdesk.chat_sessions (id, org_id, inbox_id, customer_id, customer_author, client_id, dek_id, status,
      last_seq, public_seq, opened_at, last_at, page, changed)
    VALUES (p_id, v_org, p_inbox, p_customer, p_author, p_client, p_key, 'open', 1, 1, p_at, p_at, p_page,
      roomdesk.next_change(p_inbox));
  INSERT INTO roomdesk.chat_events (conversation_id, seq, org_id, id, type, visibility, author_side, author_id, client_id, at)
    VALUES (p_id, 1, v_org, p_event, 'conversation.opened', 'public', 'customer', p_author, p_client, p_at);
  RETURN QUERY SELECT p_id, true;
END
$$;--> statement-breakpoint
-- Takes a conversation over, whoever had it: the epoch rises by one, and every older one is fenced from then on. What the
-- new owner must know comes back in the same statement's snapshot.
CREATE FUNCTION roomdesk.claim_conversation(p_id uuid, p_node text) RETURNS TABLE (
  epoch integer, org_id uuid, inbox_id uuid, dek_id uuid, customer_id uuid, customer_author uuid, customer_name bytea,
  customer_key uuid, status text, last_seq integer, public_seq integer, last_at bigint, members jsonb, reads jsonb
)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = roomdesk, pg_temp AS $$
#variable_conflict use_column
BEGIN
  UPDATE roomdesk.chat_sessions s SET epoch = s.epoch + 1, owner_node = p_node WHERE s.id = p_id;
  RETURN QUERY
    SELECT s.epoch, s.org_id, s.inbox_id, s.dek_id, s.customer_id, s.customer_author, c.name, c.key_id, s.status, s.last_seq,
      s.public_seq, s.last_at,
      coalesce((SELECT jsonb_agg(jsonb_build_object('id', m.user_id, 'joined', m.joined, 'nameEvent', m.name_event,
          'name', encode(m.name, 'base64')) ORDER BY m.user_id)
        FROM roomdesk.chat_members m WHERE m.conversation_id = s.id), '[]'),
      coalesce((SELECT jsonb_object_agg(r.person_id, r.seq)
        FROM roomdesk.chat_reads r WHERE r.conversation_id = s.id), '{}')
    FROM roomdesk.chat_sessions s JOIN roomdesk.customers c ON c.id = s.customer_id WHERE s.id = p_id;
END
$$;--> statement-breakpoint
CREATE FUNCTION roomdesk.release_conversation(p_id uuid, p_epoch integer) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = roomdesk, pg_temp AS $$
  UPDATE roomdesk.chat_sessions SET owner_node = NULL WHERE id = p_id AND epoch = p_epoch
$$;--> statement-breakpoint
CREATE FUNCTION roomdesk.still_owned(p_ids uuid[], p_epochs integer[]) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = roomdesk, pg_temp AS $$
  SELECT s.id FROM unnest(p_ids, p_epochs) AS o (id, epoch)
    JOIN roomdesk.chat_sessions s ON s.id = o.id AND s.epoch = o.epoch
$$;--> statement-breakpoint
-- Raises a person's read number, never beyond what is there; a lower one changes nothing.
CREATE FUNCTION roomdesk.mark_read(p_id uuid, p_side text, p_person uuid, p_up_to integer) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = roomdesk, pg_temp AS $$
  WITH upto AS (
    SELECT s.id, s.org_id, least(p_up_to, s.last_seq) AS seq FROM roomdesk.chat_sessions s
    WHERE s.id = p_id AND CASE p_side
      WHEN 'customer' THEN s.customer_author = p_person
      WHEN 'staff' THEN EXISTS (SELECT 1 FROM roomdesk.users u WHERE u.id = p_person AND u.org_id = s.org_id)
      ELSE false END
  )
  INSERT INTO roomdesk.chat_reads AS r (conversation_id, person_id, org_id, side, seq, customer_ordinal, staff_ordinal)
  SELECT u.id, p_person, u.org_id, p_side, u.seq, coalesce(m.customer_ordinal, 0), coalesce(m.staff_ordinal, 0)
  FROM upto u LEFT JOIN LATERAL (
    SELECT m.customer_ordinal, m.staff_ordinal FROM roomdesk.chat_messages m
    WHERE m.conversation_id = u.id AND m.seq <= u.seq ORDER BY m.seq DESC LIMIT 1
  ) m ON true
  WHERE u.seq > 0
  ON CONFLICT (conversation_id, person_id) DO UPDATE SET seq = excluded.seq,
    customer_ordinal = excluded.customer_ordinal, staff_ordinal = excluded.staff_ordinal
    WHERE r.seq < excluded.seq
$$;--> statement-breakpoint
-- All conversations of a customer stand anew in their inboxes' feeds: the name or the verification has changed.
CREATE FUNCTION roomdesk.touch_conversations(p_customer uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = roomdesk, pg_temp AS $$
DECLARE
  v_org uuid := nullif(current_setting('app.org', true), '')::uuid;
  one record;
BEGIN
  IF current_setting('app.role', true) IS DISTINCT FROM 'system' THEN
    RAISE EXCEPTION 'only the server touches conversations' USING ERRCODE = 'insufficient_privilege';
  END IF;
  PERFORM 1 FROM roomdesk.chat_sessions s WHERE s.customer_id = p_customer AND s.org_id = v_org
    ORDER BY s.id FOR NO KEY UPDATE;
  -- Inboxes in the order of their ids, after all conversations: the same order as an append's.
  FOR one IN SELECT s.id, s.inbox_id FROM roomdesk.chat_sessions s
    WHERE s.customer_id = p_customer AND s.org_id = v_org ORDER BY s.inbox_id, s.id
  LOOP
    UPDATE roomdesk.chat_sessions SET changed = roomdesk.next_change(one.inbox_id) WHERE id = one.id;
  END LOOP;
END
$$;--> statement-breakpoint
-- The conversations of an anonymous customer become a known one's. Their keys are wrapped anew by the caller, in the same
-- transaction; the author they were written under stays.
CREATE FUNCTION roomdesk.move_conversations(p_from uuid, p_to uuid) RETURNS SETOF uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = roomdesk, pg_temp AS $$
DECLARE
  v_org uuid := nullif(current_setting('app.org', true), '')::uuid;
  one record;
BEGIN
  IF current_setting('app.role', true) IS DISTINCT FROM 'system' THEN
    RAISE EXCEPTION 'only the server moves conversations' USING ERRCODE = 'insufficient_privilege';
  END IF;
  -- Both customers' rows first, in order: nobody opens a conversation for one of them meanwhile.
  PERFORM 1 FROM roomdesk.customers c WHERE c.id IN (p_from, p_to) ORDER BY c.id FOR NO KEY UPDATE;
  IF (SELECT count(*) FROM roomdesk.customers c WHERE c.id IN (p_from, p_to) AND c.org_id = v_org) <> 2 THEN
    RAISE EXCEPTION 'no such customers' USING ERRCODE = 'no_data_found';
  END IF;
  PERFORM 1 FROM roomdesk.chat_sessions s WHERE s.customer_id = p_from ORDER BY s.id FOR NO KEY UPDATE;
  FOR one IN SELECT s.id, s.inbox_id FROM roomdesk.chat_sessions s WHERE s.customer_id = p_from ORDER BY s.inbox_id, s.id
  LOOP
    UPDATE roomdesk.chat_sessions SET customer_id = p_to, changed = roomdesk.next_change(one.inbox_id) WHERE id = one.id;
    RETURN NEXT one.id;
  END LOOP;
  UPDATE roomdesk.customers SET moved_to = p_to WHERE id = p_from;
END
$$;--> statement-breakpoint
GRANT EXECUTE ON FUNCTION
  roomdesk.open_conversation(uuid, uuid, uuid, uuid, uuid, uuid, bigint, bytea, uuid, text, bytea),
  roomdesk.claim_conversation(uuid, text), roomdesk.release_conversation(uuid, integer),
  roomdesk.still_owned(uuid[], integer[]), roomdesk.mark_read(uuid, text, uuid, integer),
  roomdesk.touch_conversations(uuid), roomdesk.move_conversations(uuid, uuid) TO roomdesk_app;
