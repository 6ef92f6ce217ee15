-- The log's only writer: one call keeps one append of each of many conversations, all in one commit.
--
-- Events come as arrays of equal length, those of an append together and in order, `e_append` counting from 1. A
-- conversation must not occur in two appends of a call. The answer has one letter per append:
--   k kept · f fenced (another epoch) · d duplicate (a key is known) · b behind (another head) · h held up (somebody else
--   has the conversation's row, and without p_wait nobody waits for it), and the second wall:
--   n wrong numbers · x no such kind · a author is nobody here · r not this side's right · c closed · s already in that
--   status · m not a member · t target not there, changed meanwhile or not theirs
-- Each statement of the function sees what was committed before it began, so that what is judged after the locks are
-- held stays true until the commit.
CREATE FUNCTION roomdesk.append_events(
  e_append integer[], e_conversation uuid[], e_epoch integer[], e_head integer[], e_seq integer[], e_id uuid[],
  e_type text[], e_side text[], e_author uuid[], e_client uuid[], e_at bigint[], e_message uuid[], e_version integer[],
  e_internal boolean[], e_sealed bytea[], p_wait boolean
) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = roomdesk, pg_temp
-- Planned once per session, and the same way however the tables grow: everything here is a lookup by key.
SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE
  held uuid[];
  all_held boolean;
  letters text;
  kept boolean[];
BEGIN
  -- Conversations in the order of their ids, or two nodes' calls deadlock.
  IF p_wait THEN
    held := ARRAY(SELECT s.id FROM roomdesk.chat_sessions s WHERE s.id = ANY (e_conversation) ORDER BY s.id
      FOR NO KEY UPDATE);
  ELSE
    held := ARRAY(SELECT s.id FROM roomdesk.chat_sessions s WHERE s.id = ANY (e_conversation) ORDER BY s.id
      FOR NO KEY UPDATE SKIP LOCKED);
  END IF;
  all_held := cardinality(held) = e_append[cardinality(e_append)];
  -- Whoever changes a colleague's rights waits for the appends under way and goes before the later ones.
  IF 'staff' = ANY (e_side) THEN
    PERFORM pg_advisory_xact_lock_shared(7202, o.k) FROM (
      SELECT DISTINCT hashtext(s.org_id::text) AS k FROM roomdesk.chat_sessions s
      WHERE s.id = ANY (e_conversation) ORDER BY 1) o;
  END IF;

  SELECT string_agg(j.letter, '' ORDER BY j.append), array_agg(j.letter = 'k' ORDER BY j.append) INTO letters, kept
  FROM (
    SELECT e.append, CASE
        WHEN NOT all_held AND bool_or(s.id IS NOT NULL AND s.id <> ALL (held)) THEN 'h'
        WHEN bool_or(s.epoch IS DISTINCT FROM e.epoch) THEN 'f'
        WHEN bool_or(k.seq IS NOT NULL) THEN 'd'
        WHEN bool_or(s.last_seq <> e.head) THEN 'b'
        WHEN min(e.seq) <> min(e.head) + 1 OR max(e.seq) <> min(e.head) + count(*) OR min(e.at) < min(s.last_at) THEN 'n'
        WHEN NOT bool_and(e.type IN ('message.posted', 'note.posted', 'message.edited', 'message.deleted', 'member.joined',
            'member.left', 'conversation.closed', 'conversation.reopened')
          AND (e.type NOT IN ('message.posted', 'note.posted', 'message.edited', 'member.joined', 'member.left')
            OR e.sealed IS NOT NULL)
          AND (e.type = 'note.posted' AND e.internal OR e.type IN ('message.edited', 'message.deleted')
            OR e.type <> 'note.posted' AND NOT e.internal)) THEN 'x'
        WHEN NOT bool_and(CASE e.side WHEN 'customer' THEN e.author = s.customer_author
            WHEN 'staff' THEN u.id IS NOT NULL ELSE false END) THEN 'a'
        WHEN bool_or(e.side = 'customer' AND (e.internal
            OR e.type IN ('member.joined', 'member.left', 'conversation.closed'))) THEN 'r'
        WHEN bool_or(s.status = 'closed' AND NOT e.internal
            AND e.type IN ('message.posted', 'message.edited', 'message.deleted'))
          AND NOT bool_or(e.type = 'conversation.reopened') THEN 'c'
        WHEN bool_or(e.type = 'conversation.closed' AND s.status = 'closed'
            OR e.type = 'conversation.reopened' AND s.status = 'open') THEN 's'
        WHEN bool_or(e.side = 'staff' AND e.type = 'message.posted' AND m.joined IS NOT TRUE)
          AND NOT bool_or(e.type = 'member.joined') THEN 'm'
        WHEN bool_or(e.type IN ('message.edited', 'message.deleted') AND (t.id IS NULL OR t.version <> e.version - 1
            OR t.deleted_at IS NOT NULL OR (t.visibility = 'internal') <> e.internal
            OR t.author_id <> e.author AND (e.type = 'message.edited' OR u.role IS NULL OR u.role = 'agent'))) THEN 't'
        ELSE 'k' END AS letter
    FROM unnest(e_append, e_conversation, e_epoch, e_head, e_seq, e_type, e_side, e_author, e_client, e_at, e_message,
        e_version, e_internal, e_sealed)
      AS e (append, conversation, epoch, head, seq, type, side, author, client, at, message, version, internal, sealed)
    LEFT JOIN roomdesk.chat_sessions s ON s.id = e.conversation
    LEFT JOIN roomdesk.chat_events k ON k.conversation_id = e.conversation AND k.author_id = e.author
      AND k.client_id = e.client
    LEFT JOIN roomdesk.users u ON u.id = CASE WHEN e.side = 'staff' THEN e.author END AND u.org_id = s.org_id
      AND u.disabled_at IS NULL
    LEFT JOIN roomdesk.chat_members m ON m.conversation_id = CASE WHEN e.side = 'staff' THEN e.conversation END
      AND m.user_id = e.author
    LEFT JOIN roomdesk.chat_messages t ON t.id = e.message AND t.conversation_id = e.conversation
    GROUP BY e.append
  ) j;
  IF NOT true = ANY (kept) THEN
    RETURN letters;
  END IF;

  INSERT INTO roomdesk.chat_events (conversation_id, seq, org_id, id, type, visibility, author_side, author_id, client_id, at,
      message_id, version, sealed)
  SELECT e.conversation, e.seq, s.org_id, e.id, e.type, CASE WHEN e.internal THEN 'internal' ELSE 'public' END, e.side,
    e.author, e.client, e.at, e.message, e.version, e.sealed
  FROM unnest(e_append, e_conversation, e_seq, e_id, e_type, e_side, e_author, e_client, e_at, e_message, e_version,
      e_internal, e_sealed)
    AS e (append, conversation, seq, id, type, side, author, client, at, message, version, internal, sealed)
  JOIN roomdesk.chat_sessions s ON s.id = e.conversation
  WHERE kept[e.append];

  IF 'message.posted' = ANY (e_type) OR 'note.posted' = ANY (e_type) THEN
    INSERT INTO roomdesk.chat_messages (conversation_id, seq, org_id, id, visibility, author_side, author_id, sealed,
        sealed_event, version, customer_ordinal, staff_ordinal)
    SELECT e.conversation, e.seq, s.org_id, e.id, CASE WHEN e.internal THEN 'internal' ELSE 'public' END, e.side, e.author,
      e.sealed, e.id, 1,
      s.customer_messages + count(*) FILTER (WHERE e.side = 'customer' AND NOT e.internal) OVER so_far,
      s.staff_messages + count(*) FILTER (WHERE e.side = 'staff' AND NOT e.internal) OVER so_far
    FROM unnest(e_append, e_conversation, e_seq, e_id, e_type, e_side, e_author, e_internal, e_sealed)
      AS e (append, conversation, seq, id, type, side, author, internal, sealed)
    JOIN roomdesk.chat_sessions s ON s.id = e.conversation
    WHERE kept[e.append] AND e.type IN ('message.posted', 'note.posted')
    WINDOW so_far AS (PARTITION BY e.append ORDER BY e.seq);
  END IF;

  IF 'message.edited' = ANY (e_type) OR 'message.deleted' = ANY (e_type) THEN
    UPDATE roomdesk.chat_messages t SET version = e.version,
      sealed = CASE WHEN e.type = 'message.edited' THEN e.sealed END,
      sealed_event = CASE WHEN e.type = 'message.edited' THEN e.id ELSE t.sealed_event END,
      edited_at = CASE WHEN e.type = 'message.edited' THEN e.at ELSE t.edited_at END,
      deleted_at = CASE WHEN e.type = 'message.deleted' THEN e.at END,
      deleted_by_side = CASE WHEN e.type = 'message.deleted' THEN e.side END,
      deleted_by = CASE WHEN e.type = 'message.deleted' THEN e.author END
    FROM unnest(e_append, e_id, e_type, e_side, e_author, e_at, e_message, e_version, e_sealed)
      AS e (append, id, type, side, author, at, message, version, sealed)
    WHERE t.id = e.message AND kept[e.append] AND e.type IN ('message.edited', 'message.deleted');
  END IF;

  IF 'member.joined' = ANY (e_type) OR 'member.left' = ANY (e_type) THEN
    INSERT INTO roomdesk.chat_members (conversation_id, user_id, org_id, joined, name, name_event, at)
    SELECT DISTINCT ON (e.conversation, e.author) e.conversation, e.author, s.org_id, e.type = 'member.joined', e.sealed,
      e.id, e.at
    FROM unnest(e_append, e_conversation, e_seq, e_id, e_type, e_author, e_at, e_sealed)
      AS e (append, conversation, seq, id, type, author, at, sealed)
    JOIN roomdesk.chat_sessions s ON s.id = e.conversation
    WHERE kept[e.append] AND e.type IN ('member.joined', 'member.left')
    ORDER BY e.conversation, e.author, e.seq DESC
    ON CONFLICT (conversation_id, user_id) DO UPDATE SET joined = excluded.joined, name = excluded.name,
      name_event = excluded.name_event, at = excluded.at;
  END IF;

  -- After the conversations, the inboxes in the order of their ids: the feed's numbers commit in order.
  PERFORM 1 FROM roomdesk.inboxes i WHERE i.id = ANY (ARRAY(
      SELECT s.inbox_id FROM roomdesk.chat_sessions s WHERE s.id = ANY (e_conversation)))
    ORDER BY i.id FOR NO KEY UPDATE;
  WITH k AS (
    SELECT e.conversation, max(e.seq) AS last_seq, max(e.at) AS last_at,
      max(e.seq) FILTER (WHERE NOT e.internal) AS public_seq,
      count(*) FILTER (WHERE e.type = 'message.posted' AND e.side = 'customer') AS customers,
      count(*) FILTER (WHERE e.type = 'message.posted' AND e.side = 'staff') AS staffs,
      max(e.seq) FILTER (WHERE e.type = 'message.posted') AS message_seq,
      max(e.seq) FILTER (WHERE e.type = 'message.posted' AND e.side = 'customer') AS asked,
      max(e.seq) FILTER (WHERE e.type = 'message.posted' AND e.side = 'staff' OR e.type = 'conversation.closed') AS answered,
      max(e.seq) FILTER (WHERE e.type = 'conversation.closed') AS closed,
      max(e.seq) FILTER (WHERE e.type = 'conversation.reopened') AS reopened
    FROM unnest(e_append, e_conversation, e_seq, e_type, e_side, e_at, e_internal)
      AS e (append, conversation, seq, type, side, at, internal)
    WHERE kept[e.append] GROUP BY e.conversation
  ), n AS (
    SELECT k.*, s.inbox_id, i.feed_head + row_number() OVER (PARTITION BY s.inbox_id ORDER BY s.id) AS changed
    FROM k JOIN roomdesk.chat_sessions s ON s.id = k.conversation JOIN roomdesk.inboxes i ON i.id = s.inbox_id
  ), heads AS (
    UPDATE roomdesk.inboxes i SET feed_head = h.changed
    FROM (SELECT n.inbox_id, max(n.changed) AS changed FROM n GROUP BY n.inbox_id) h WHERE i.id = h.inbox_id
  )
  UPDATE roomdesk.chat_sessions s SET last_seq = n.last_seq, last_at = n.last_at,
    public_seq = coalesce(n.public_seq, s.public_seq),
    customer_messages = s.customer_messages + n.customers, staff_messages = s.staff_messages + n.staffs,
    last_message_seq = coalesce(n.message_seq, s.last_message_seq),
    status = CASE WHEN n.closed > coalesce(n.reopened, 0) THEN 'closed' WHEN n.reopened IS NOT NULL THEN 'open'
      ELSE s.status END,
    -- The customer waits from their first message after our last one; closing ends the wait.
    waiting_since = CASE WHEN n.asked > coalesce(n.answered, 0)
        THEN CASE WHEN n.answered IS NULL THEN coalesce(s.waiting_since, n.last_at) ELSE n.last_at END
      WHEN n.answered IS NOT NULL THEN NULL ELSE s.waiting_since END,
    changed = n.changed
  FROM n WHERE s.id = n.conversation;
  RETURN letters;
END
$$;--> statement-breakpoint
GRANT EXECUTE ON FUNCTION roomdesk.append_events(integer[], uuid[], integer[], integer[], integer[], uuid[], text[], text[],
  uuid[], uuid[], bigint[], uuid[], integer[], boolean[], bytea[], boolean) TO roomdesk_log;--> statement-breakpoint
-- A change of somebody's rights is either before an append, which then judges by it, or after it; never in between.
CREATE FUNCTION roomdesk.order_rights_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = roomdesk, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(7202, hashtext(old.org_id::text));
  RETURN new;
END
$$;--> statement-breakpoint
CREATE TRIGGER rights_change BEFORE UPDATE OF role, disabled_at ON roomdesk.users FOR EACH ROW
  EXECUTE FUNCTION roomdesk.order_rights_change();
