-- The pages that may embed a widget, over all inboxes; null when one of them may stand anywhere. The sockets' door asks,
-- before it is known whose socket it will be.
CREATE FUNCTION roomdesk.embedding_pages() RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = roomdesk, pg_temp AS $$
  SELECT CASE WHEN EXISTS (SELECT 1 FROM roomdesk.inboxes i WHERE cardinality(i.origins) = 0) THEN NULL
    ELSE ARRAY(SELECT DISTINCT unnest(i.origins) FROM roomdesk.inboxes i) END
$$;--> statement-breakpoint
GRANT EXECUTE ON FUNCTION roomdesk.embedding_pages() TO roomdesk_app;
