/** Alerts to webhooks, Slack, Microsoft Teams, PagerDuty and Jira. */
@NullMarked
package io.logsense.notify;

import org.jspecify.annotations.NullMarked;
