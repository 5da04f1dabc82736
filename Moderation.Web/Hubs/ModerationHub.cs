using Microsoft.AspNetCore.SignalR;

namespace Moderation.Web.Hubs;

/// <summary>The live feed for clients other than the dashboard. They only listen.</summary>
public sealed class ModerationHub : Hub<IModerationClient>;
