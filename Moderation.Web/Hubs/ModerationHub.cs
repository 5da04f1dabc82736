using Microsoft.AspNetCore.SignalR;

namespace Moderation.Web.Hubs;

/// <summary>The live feed for clients other than the dashboard. They listen; decisions go through the API.</summary>
public sealed class ModerationHub : Hub<IModerationClient>;
