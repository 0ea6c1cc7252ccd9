PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_events` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`team_id` text NOT NULL,
	`conference_id` text,
	`kind` text NOT NULL,
	`at` integer NOT NULL,
	`actor_user_id` text,
	`participant_id` text,
	`call_sid` text,
	`session_id` text,
	`message_id` text,
	`detail` text NOT NULL,
	FOREIGN KEY (`conference_id`) REFERENCES `conferences`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`session_id`) REFERENCES `sessions`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`message_id`) REFERENCES `messages`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
INSERT INTO `__new_events`("id", "team_id", "conference_id", "kind", "at", "actor_user_id", "participant_id", "call_sid", "session_id", "message_id", "detail") SELECT "id", "team_id", "conference_id", "kind", "at", "actor_user_id", "participant_id", "call_sid", "session_id", "message_id", "detail" FROM `events`;--> statement-breakpoint
DROP TABLE `events`;--> statement-breakpoint
ALTER TABLE `__new_events` RENAME TO `events`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
CREATE INDEX `events_conference` ON `events` (`conference_id`,`id`);--> statement-breakpoint
CREATE INDEX `events_session` ON `events` (`session_id`) WHERE session_id is not null;--> statement-breakpoint
CREATE INDEX `events_message` ON `events` (`message_id`) WHERE message_id is not null;--> statement-breakpoint
DROP INDEX `call_legs_number`;--> statement-breakpoint
DROP INDEX `call_legs_session`;--> statement-breakpoint
CREATE INDEX `call_legs_session` ON `call_legs` (`session_id`) WHERE session_id is not null;